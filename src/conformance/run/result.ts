import type { Check } from '../check/check.ts'
import type { Difference, Said } from '../findings/finding.ts'
import type { Exchange } from '../probe/probe.ts'

/**
 * `differs`: from the published contract; `differsFromChoice`: only from choices of Prilavok where the contract is silent.
 * What could not be looked at is `notChecked`, never `held`.
 */
export type Outcome =
  | { verdict: 'held' }
  | { verdict: 'differs' | 'differsFromChoice'; differences: readonly Difference[] }
  | { verdict: 'notChecked'; reason: Said; isTrouble: boolean }
export type Verdict = Outcome['verdict']

export type CheckResult = { check: Check; outcome: Outcome; exchanges: readonly Exchange[] }
