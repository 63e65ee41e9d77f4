import { headers as names } from '#contract'

/** What the market last said of one operation's hour. */
export type Quota = { limit: number; remaining: number; until: Date }

const hourMs = 60 * 60 * 1000

/** The three rate-limit headers; undefined if any is missing or unreadable. `until` is never further off than an hour. */
export function readQuota(headers: Headers, now: Date): Quota | undefined {
  const limit = readCount(headers.get(names.limit))
  const remaining = readCount(headers.get(names.remaining))
  const until = readUntil(headers, now)
  if (limit === undefined || remaining === undefined || until === undefined) return undefined
  return {
    limit,
    remaining,
    until: new Date(Math.min(until.getTime(), now.getTime() + hourMs)),
  }
}

/** The end of the hour by our clock. If the answer has a Date, the market's clock is compared with ours by it. */
export function readUntil(headers: Headers, now: Date): Date | undefined {
  const until = readDate(headers.get(names.until))
  const leftMs = (until?.getTime() ?? Number.NaN) - (readDate(headers.get('date'))?.getTime() ?? Number.NaN)
  // A longer time means that the Date is not the market's; a cache may have set it.
  return leftMs >= 0 && leftMs <= hourMs ? new Date(now.getTime() + leftMs) : until
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** RFC 822. The weekday is ignored: the published examples have wrong ones. */
export function readDate(text: string | null): Date | undefined {
  const ms = Date.parse((text ?? '').replace(/^\s*[A-Za-z]+,/, ''))
  return Number.isNaN(ms) ? undefined : new Date(ms)
}

/** Whether its hour is not over, and no clock was set back since. */
export function isCurrent({ until }: Quota, now: Date): boolean {
  const leftMs = until.getTime() - now.getTime()
  return leftMs > 0 && leftMs <= hourMs
}

// A Date is in whole seconds, and an answer is on its way for a while: ends so close are one.
const sameMs = 5_000

/** The newer of two quotas. Answers can come in another order than they were made; within an hour `remaining` only falls. */
export function newerQuota(known: Quota | undefined, told: Quota): Quota {
  if (known === undefined) return told
  const laterMs = told.until.getTime() - known.until.getTime()
  if (Math.abs(laterMs) > sameMs) return laterMs > 0 ? told : known
  return told.remaining < known.remaining ? told : known
}
