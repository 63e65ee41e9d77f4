import type { Queries } from '#database'
import type { Lane } from './lane.ts'
import { pruneLanes } from './prune.ts'

/** Removes the keys of these lanes that were taken before. Returns how many. */
export function pruneIdempotencyKeys(sql: Queries, lanes: readonly Lane[], before: Date): Promise<number> {
  return pruneLanes(
    lanes,
    (lane, most) => sql<[{ count: number }]>`
      select market.prune_idempotency_keys(${lane}::smallint, ${before}::timestamptz, ${most}) as count`,
  )
}
