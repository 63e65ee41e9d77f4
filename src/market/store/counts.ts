import type { Queries, Sql } from '#database'
import type { CustomerId } from './customers.ts'
import { findSetting, saveSetting } from './directory/settings.ts'
import type { BatchLane } from './layout.ts'

export type HitsWanted = { businessId: bigint; operation: string; wanted: number; limit: number }
export type HitsTaken = { granted: number; hits: number }

/** Takes from the hour of each pair (sorted by business and operation), or gives back where `wanted` is negative. */
export function takeHits(
  sql: Sql,
  window: Date,
  pairs: readonly HitsWanted[],
  lane: BatchLane = null,
): Promise<HitsTaken[]> {
  return sql<HitsTaken[]>`
    select granted, hits from market.take_hits(${lane}::smallint, ${window}::timestamptz,
      ${pairs.map(pair => pair.businessId)}::bigint[], ${pairs.map(pair => pair.operation)}::text[],
      ${pairs.map(pair => pair.wanted)}::integer[], ${pairs.map(pair => pair.limit)}::integer[])`
}

/** `usual`: the limit unless an operator has set another one. A negative amount is given back. */
export type QuotaWanted = { customerId: CustomerId; quota: string; amount: number; seconds: number; usual: number }
export type QuotaTaken = { isGranted: boolean; most: number; endsAt: Date }

/** Takes from quotas, sorted by customer and quota; one outcome for each, in their order. */
export function takeQuotas(
  sql: Queries,
  now: Date,
  wanted: readonly QuotaWanted[],
  lane: BatchLane = null,
): Promise<QuotaTaken[]> {
  return sql<QuotaTaken[]>`
    select is_granted as "isGranted", most, ends_at as "endsAt" from market.take_quotas(${lane}::smallint, ${now}::timestamptz,
      ${wanted.map(one => one.customerId)}::bigint[], ${wanted.map(one => one.quota)}::text[],
      ${wanted.map(one => one.amount)}::integer[], ${wanted.map(one => one.seconds)}::integer[],
      ${wanted.map(one => one.usual)}::integer[])`
}

// take_quotas reads it by this name.
const setting = 'buyer quotas'

/** The limits that an operator has set, by quota. */
export async function findQuotaLimits(sql: Queries): Promise<Record<string, number>> {
  const text = await findSetting(sql, setting)
  return text === undefined ? {} : JSON.parse(text) // written by saveQuotaLimits
}

/** Every process counts by them from now on. */
export function saveQuotaLimits(sql: Queries, limits: Record<string, number>): Promise<void> {
  return saveSetting(sql, setting, JSON.stringify(limits))
}
