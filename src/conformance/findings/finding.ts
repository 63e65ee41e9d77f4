import type { OperationName } from '#contract'
import type { ChoiceRow } from './choice-rows.ts'

/** A text in both languages of the report. */
export type Said = { en: string; ru: string }

/** What a check is about: an operation, or what all answers have in common. */
export type Subject = OperationName | 'transport'

/**
 * Where an expectation comes from: the published documents, traffic that was seen at Yandex.Market, or a choice of
 * Prilavok where those are silent. `row` is the choice's row in docs/compat.md.
 */
export type Source = { kind: 'contract' | 'observed'; told: Said } | { kind: 'choice'; row: ChoiceRow }

/** One thing that is not as expected. `at` is a place in the answer: `status`, `header traceparent`, `errors[0].code`. */
export type Difference = {
  at: string
  expected: string
  got: string
  source: Source
  /** Number of the exchange, within its check, that showed it. */
  exchange: number
}

/** Ends a check whose answer is so far from what is expected that there is nothing to look at. */
export class Unexpected extends Error {
  override name = 'Unexpected'
  readonly difference: Difference
  constructor(difference: Difference) {
    super(`${difference.at}: expected ${difference.expected}, got ${difference.got}`)
    this.difference = difference
  }
}

/** A check that cannot be made says so by throwing this. `isTrouble`: it could be made, had nothing come in between. */
export class NotChecked extends Error {
  override name = 'NotChecked'
  readonly reason: Said
  readonly isTrouble: boolean
  constructor(reason: Said, { isTrouble = false } = {}) {
    super(reason.en)
    this.reason = reason
    this.isTrouble = isTrouble
  }
}

/** The run cannot begin: nothing can be said about the server. */
export class CouldNotRun extends Error {
  override name = 'CouldNotRun'
  readonly reason: Said
  constructor(reason: Said) {
    super(reason.en)
    this.reason = reason
  }
}
