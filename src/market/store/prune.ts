import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import { type Lane, laneOf } from './lane.ts'
import type { RequestPosition } from './requests.ts'

const rowsAtOnce = 1_000

/** Removes what is old of these lanes, so many at once that nobody has to wait for long. Returns how many. */
async function pruneLanes(
  lanes: readonly Lane[],
  pruneSome: (lane: Lane, max: number) => Promise<[{ count: number }]>,
): Promise<number> {
  let pruned = 0
  for (const lane of lanes) {
    for (let count = rowsAtOnce; count === rowsAtOnce; pruned += count) {
      const [row] = await pruneSome(lane, rowsAtOnce)
      count = row.count
    }
  }
  return pruned
}

/** Removes the deliveries of these lanes that were finished before, with their attempts. Returns how many. */
export function pruneDeliveries(sql: Queries, lanes: readonly Lane[], before: Date): Promise<number> {
  return pruneLanes(
    lanes,
    (lane, max) => sql<[{ count: number }]>`
      select market.prune_deliveries(${lane}::smallint, ${before}::timestamptz, ${max}) as count`,
  )
}

/** Removes the keys of these lanes that were taken before. Returns how many. */
export function pruneIdempotencyKeys(sql: Queries, lanes: readonly Lane[], before: Date): Promise<number> {
  return pruneLanes(
    lanes,
    (lane, max) => sql<[{ count: number }]>`
      select market.prune_idempotency_keys(${lane}::smallint, ${before}::timestamptz, ${max}) as count`,
  )
}

const requestsAtOnce = 2_000

/** Removes what is older, a chunk a statement. Returns how many. */
export async function pruneRequests(sql: Queries, before: Date): Promise<number> {
  const businesses = await sql<{ businessId: BusinessId }[]>`
    select business_id as "businessId" from market.businesses`
  let pruned = 0
  for (const { businessId } of businesses) {
    let count = requestsAtOnce
    while (count === requestsAtOnce) {
      count = await pruneChunk(sql, businessId, before)
      pruned += count
    }
  }
  return pruned
}

/** Up to the first that is not of the chunk: both statements walk the key from its oldest end. */
async function pruneChunk(sql: Queries, businessId: BusinessId, before: Date): Promise<number> {
  const [next] = await sql<RequestPosition[]>`
    select at, request_id as "requestId" from market.requests
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and at < ${before}
     order by at, request_id offset ${requestsAtOnce} limit 1`
  const { count } = await sql`
    delete from market.requests
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and at < ${before}
       ${next ? sql`and (at, request_id) < (${next.at}::timestamptz, ${next.requestId}::bigint)` : sql``}`
  return count
}
