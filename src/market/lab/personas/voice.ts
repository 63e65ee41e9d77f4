import type { Intent } from './intents.ts'

type Lines = readonly string[]

/** What a persona says: for each occasion some lines, of which the seed chooses. `{order}` is the number of the order. */
export type Voice = {
  names: Lines
  /** The first message. */
  opening: Record<Intent, Lines>
  /** What is added to it. */
  detail: Record<Intent, Lines>
  /** When the shop says nothing. */
  nags: Lines
  /** When an answer is not enough. */
  grumbles: Lines
  thanks: Lines
  answers: {
    orderNumber: Lines
    noOrderYet: Lines
    size: Lines
    refund: Lines
    /** To any other question, one after another: at least three. */
    question: Lines
  }
}
