import { type CallReport, type Quota, RateLimited } from '#client'
import { timeOfDay } from '../../terminal/format-time.ts'
import { say } from '../../terminal/print.ts'
import type { Texts } from '../../texts/index.ts'

export type TellLimit = (wait: { operation: string; until: Date }) => void

/** Tells whoever waits that the hour's limit is why, and until when: once for each hour of an operation. */
export function makeTellLimit({ errors }: Texts): TellLimit {
  const told = new Set<string>()
  return ({ operation, until }) => {
    const line = errors.waiting(operation, timeOfDay(until))
    if (told.has(line)) return
    told.add(line)
    say(`prilavok: ${line}`)
  }
}

/** The same for calls that are made one by one. */
export function limitReporter(tell: TellLimit, limits: () => ReadonlyMap<string, Quota>): (call: CallReport) => void {
  return call => {
    const until = endOfHour(call, limits())
    if (until) tell({ operation: call.operation, until })
  }
}

/** When the hour ends that a call was refused for; undefined if it was refused for something else, or not at all. */
export function endOfHour({ operation, error }: CallReport, limits: ReadonlyMap<string, Quota>): Date | undefined {
  const quota = limits.get(operation)
  return error === RateLimited.name && quota?.remaining === 0 ? quota.until : undefined
}
