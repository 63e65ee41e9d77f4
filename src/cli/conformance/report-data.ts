import type { CheckResult, Subject, Verdict } from '#conformance'

/** What a run has found. */
export type Report = {
  url: string
  businessId: bigint
  isReadOnly: boolean
  results: readonly CheckResult[]
  /** How many requests were made, by the operation whose hour they counted against. */
  made: ReadonlyMap<Subject, number>
}

export function countVerdicts(results: readonly CheckResult[]): Record<Verdict, number> {
  const counts = { held: 0, differs: 0, differsFromChoice: 0, notChecked: 0 }
  for (const { outcome } of results) counts[outcome.verdict]++
  return counts
}

export function countTroubles(results: readonly CheckResult[]): number {
  return results.filter(({ outcome }) => outcome.verdict === 'notChecked' && outcome.isTrouble).length
}
