import type { Check } from '../check/check.ts'
import type { CheckResult } from './result.ts'
import { runCheck, type Suite } from './run-check.ts'

/**
 * Makes the checks: those that read side by side, as many as the sender sends at once; those that write after them, one
 * after the other, so that each finds its own message. The results are in the order of the checks.
 */
export async function runSuite(
  checks: readonly Check[],
  suite: Suite & { parallel: number },
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const results = new Map<Check, CheckResult>()
  const make = async (check: Check) => {
    const result = await runCheck(check, suite)
    results.set(check, result)
    onResult(result)
  }
  const reading = checks.filter(({ writes }) => !writes).values()
  const worker = async () => {
    for (const check of reading) await make(check)
  }
  await Promise.all(Array.from({ length: suite.parallel }, worker))
  for (const check of checks) if (check.writes) await make(check)
  return checks.flatMap(check => results.get(check) ?? [])
}
