import type { Sql } from '#database'

export type HitsWanted = { businessId: bigint; operation: string; wanted: number; limit: number }
export type HitsTaken = { granted: number; hits: number }

/** Takes from the hour of each pair (sorted by business and operation), or gives back where `wanted` is negative. */
export function takeHits(sql: Sql, window: Date, pairs: readonly HitsWanted[]): Promise<HitsTaken[]> {
  return sql<HitsTaken[]>`
    select granted, hits from market.take_hits(null, ${window}::timestamptz,
      ${pairs.map(pair => pair.businessId)}::bigint[], ${pairs.map(pair => pair.operation)}::text[],
      ${pairs.map(pair => pair.wanted)}::integer[], ${pairs.map(pair => pair.limit)}::integer[])`
}
