import { type CallReport, type Quota, RateLimited } from '#client'
import { timeOfDay } from '../../terminal/format-time.ts'
import { say } from '../../terminal/print.ts'
import type { Texts } from '../../texts/index.ts'

/** Tells whoever waits that the hour's limit is why, and until when: once for each hour of an operation. */
export function limitReporter({ errors }: Texts, limits: () => ReadonlyMap<string, Quota>): (call: CallReport) => void {
  const told = new Set<string>()
  return call => {
    const until = endOfHour(call, limits())
    const line = until && errors.waiting(call.operation, timeOfDay(until))
    if (line === undefined || told.has(line)) return
    told.add(line)
    say(`prilavok: ${line}`)
  }
}

/** When the hour ends that a call was refused for; undefined if it was refused for something else, or not at all. */
export function endOfHour({ operation, error }: CallReport, limits: ReadonlyMap<string, Quota>): Date | undefined {
  const quota = limits.get(operation)
  return error === RateLimited.name && quota?.remaining === 0 ? quota.until : undefined
}
