import { headers as names } from '#contract'

/** What the market last told of one operation's hour. */
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

/** The end of the hour by our clock: where the market's own Date stands beside it, by how much later it is. */
export function readUntil(headers: Headers, now: Date): Date | undefined {
  const until = readDate(headers.get(names.until))
  const leftMs = (until?.getTime() ?? Number.NaN) - (readDate(headers.get('date'))?.getTime() ?? Number.NaN)
  // No hour is longer: somebody else, a cache perhaps, has set that Date.
  return leftMs >= 0 && leftMs <= hourMs ? new Date(now.getTime() + leftMs) : until
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** RFC 822. The weekday may be wrong, as published, and is not looked at. */
export function readDate(text: string | null): Date | undefined {
  const ms = Date.parse((text ?? '').replace(/^\s*[A-Za-z]+,/, ''))
  return Number.isNaN(ms) ? undefined : new Date(ms)
}

/** Whether it still tells something: its hour is not over, and no clock was set back since. */
export function isCurrent({ until }: Quota, now: Date): boolean {
  const leftMs = until.getTime() - now.getTime()
  return leftMs > 0 && leftMs <= hourMs
}

// The Date of an answer is in whole seconds, and the answer has been on its way for a while.
const sameMs = 5_000

/** The newer of two tellings: answers overtake one another, and within a window what remains only falls. */
export function newerQuota(known: Quota | undefined, told: Quota): Quota {
  if (known === undefined) return told
  const laterMs = told.until.getTime() - known.until.getTime()
  if (Math.abs(laterMs) > sameMs) return laterMs > 0 ? told : known
  return told.remaining < known.remaining ? told : known
}
