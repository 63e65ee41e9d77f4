import type { CheckResult } from '#conformance'

export const exitCodes = { allHeld: 0, differs: 1, couldNotRun: 2 } as const

/** A run in which nothing held, or some checks were cut short, has not shown that all holds. */
export function exitCodeOf(results: readonly CheckResult[]): number {
  const outcomes = results.map(({ outcome }) => outcome)
  if (outcomes.some(({ verdict }) => verdict === 'differs' || verdict === 'differsFromChoice')) return exitCodes.differs
  const isComplete = !outcomes.some(outcome => outcome.verdict === 'notChecked' && outcome.isTrouble)
  return isComplete && outcomes.some(({ verdict }) => verdict === 'held') ? exitCodes.allHeld : exitCodes.couldNotRun
}
