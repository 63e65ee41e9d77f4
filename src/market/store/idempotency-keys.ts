import type { Queries } from './connect.ts'
import type { Lane } from './lane.ts'

const prunedAtOnce = 1_000

/** Removes the keys of these lanes that were taken before, bit by bit. Returns how many. */
export async function pruneIdempotencyKeys(sql: Queries, lanes: readonly Lane[], before: Date): Promise<number> {
  let pruned = 0
  for (const lane of lanes) {
    let count: number
    do {
      const [row] = await sql<[{ count: number }]>`
        select market.prune_idempotency_keys(${lane}::smallint, ${before}::timestamptz, ${prunedAtOnce}) as count`
      count = row.count
      pruned += count
    } while (count === prunedAtOnce)
  }
  return pruned
}
