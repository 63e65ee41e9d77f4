import { systemClock } from '#kit'

/** What answers tell besides what was asked: how far the clocks are apart, and how long the last one took. */
export type Fetched = { fetch: typeof fetch; aheadMs?: number; tookMs?: number }

/** A fetch that looks at the Date of each answer. The header has whole seconds. */
export function watchedFetch(): Fetched {
  const fetched: Fetched = {
    async fetch(...args) {
      const began = systemClock.now().getTime()
      const answer = await fetch(...args)
      const ended = systemClock.now().getTime()
      fetched.tookMs = ended - began
      const told = Date.parse(answer.headers.get('date') ?? '')
      if (!Number.isNaN(told)) fetched.aheadMs = distanceMs((began + ended) / 2, told)
      return answer
    },
  }
  return fetched
}

/** A Date says the second that has begun: within it, both clocks agree. */
function distanceMs(own: number, told: number): number {
  if (own < told) return own - told
  return Math.max(own - told - 999, 0)
}
