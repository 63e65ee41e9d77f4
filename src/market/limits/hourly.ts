import type { Sql } from '#database'
import { type Clock, Coalesce } from '#kit'
import { type HitsWanted, takeHits } from '../store/counts.ts'
import { type BatchLane, byBatchLane, type Layout } from '../store/layout.ts'

const hourMs = 60 * 60 * 1000

/** The end of the window that a moment lies in. */
export function windowEnd(now: Date): Date {
  return new Date((Math.floor(now.getTime() / hourMs) + 1) * hourMs)
}

export type Quota = { isGranted: boolean; limit: number; remaining: number; until: Date }
export type Counted = { name: string; perHour: number }
type Waiting = { resolve(quota: Quota): void; reject(error: unknown): void }
type Pair = { businessId: bigint; operation: Counted; takers: Waiting[]; givenBack: Date[] }

/**
 * Requests per business, operation and hour. The database counts, so that a restart or a second process changes nothing;
 * requests that arrive while a count is under way are counted together in the next one.
 */
export class HourlyLimit {
  readonly #sql: Sql
  readonly #layout: Layout
  readonly #clock: Clock
  readonly #isLifted: boolean
  #pairs = new Map<string, Pair>()
  readonly #counting = new Coalesce(() => this.#count())

  constructor({ sql, layout, clock, isLifted }: { sql: Sql; layout: Layout; clock: Clock; isLifted: boolean }) {
    this.#sql = sql
    this.#layout = layout
    this.#clock = clock
    this.#isLifted = isLifted
  }

  /** Takes one request of the hour, if one is left. */
  take(businessId: bigint, operation: Counted): Promise<Quota> {
    if (this.#isLifted) {
      const { perHour } = operation
      return Promise.resolve({
        isGranted: true,
        limit: perHour,
        remaining: perHour,
        until: windowEnd(this.#clock.now()),
      })
    }
    return new Promise((resolve, reject) => {
      this.#pair(businessId, operation).takers.push({ resolve, reject })
      this.#counting.ask()
    })
  }

  /** Gives one back to the hour it was taken from: answers of 500 and above are not counted. */
  giveBack(businessId: bigint, operation: Counted, { until }: Quota): void {
    if (this.#isLifted) return
    this.#pair(businessId, operation).givenBack.push(until)
    this.#counting.ask()
  }

  async stop(): Promise<void> {
    await this.#counting.idle()
  }

  #pair(businessId: bigint, operation: Counted): Pair {
    const id = `${businessId} ${operation.name}`
    const pair = this.#pairs.get(id) ?? { businessId, operation, takers: [], givenBack: [] }
    this.#pairs.set(id, pair)
    return pair
  }

  async #count(): Promise<void> {
    const pairs = [...this.#pairs.values()].sort(byBusinessAndOperation)
    this.#pairs = new Map()
    const until = windowEnd(this.#clock.now())
    for (const pair of pairs) pair.givenBack = pair.givenBack.filter(end => end.getTime() === until.getTime())
    const batches = byBatchLane(this.#layout, pairs)
    await Promise.all(Array.from(batches, ([lane, batch]) => this.#countBatch(batch, lane, until)))
  }

  async #countBatch(pairs: Pair[], lane: BatchLane, until: Date): Promise<void> {
    const wanted = pairs.flatMap(pair => wantedBy(pair))
    if (wanted.length === 0) return
    try {
      const taken = await takeHits(this.#sql, new Date(until.getTime() - hourMs), wanted, lane)
      let row = 0
      for (const pair of pairs) {
        if (pair.givenBack.length > 0) row++
        if (pair.takers.length > 0) answer(pair, taken[row++] ?? { granted: 0, hits: 0 }, until)
      }
    } catch (error) {
      for (const taker of pairs.flatMap(pair => pair.takers)) taker.reject(error)
    }
  }
}

/** Requests given back come first, since they may be taken again at once. */
function wantedBy({ businessId, operation, takers, givenBack }: Pair): HitsWanted[] {
  const pair = { businessId, operation: operation.name, limit: operation.perHour }
  const rows = []
  if (givenBack.length > 0) rows.push({ ...pair, wanted: -givenBack.length })
  if (takers.length > 0) rows.push({ ...pair, wanted: takers.length })
  return rows
}

function answer({ takers, operation }: Pair, { granted, hits }: { granted: number; hits: number }, until: Date): void {
  const limit = operation.perHour
  for (const [index, taker] of takers.entries()) {
    const isGranted = index < granted
    const used = isGranted ? hits - granted + index + 1 : hits
    taker.resolve({ isGranted, limit, remaining: Math.max(limit - used, 0), until })
  }
}

function byBusinessAndOperation(a: Pair, b: Pair): number {
  if (a.businessId !== b.businessId) return a.businessId < b.businessId ? -1 : 1
  return a.operation.name < b.operation.name ? -1 : 1
}
