import { type BusinessId, type Inside, orderStatuses, type PlacementType, usualSubstatuses } from '#contract'
import type { Queries } from '#database'
import { laneOf } from '../lane.ts'
import { type OrderRow, orderColumns } from '../orders.ts'

/** An order of which no shipment was told leaves the shop so many days after it was made. */
export const shipsAfterDays = 1

/** From this moment on, and before that one. */
export type Period = { from?: Date | undefined; to?: Date | undefined }

export type OrderSearch = {
  orderIds?: readonly bigint[] | undefined
  campaignIds?: readonly bigint[] | undefined
  placementTypes?: readonly string[] | undefined
  statuses?: readonly string[] | undefined
  substatuses?: readonly string[] | undefined
  fake?: boolean | undefined
  created: Period
  /** Days. */
  shipped: Period
  updated: Period
}

export type ShopOrderRow = OrderRow & { placementType: Inside<PlacementType> }
export type OrderPosition = { createdAt: Date; orderId: bigint }
type SearchPage = { before: OrderPosition | undefined; limit: number }

/** The orders that fit, newest first. A status that nobody knows is the last of the known ones. */
export function searchOrders(
  sql: Queries,
  businessId: BusinessId,
  search: OrderSearch,
  { before, limit }: SearchPage,
): Promise<ShopOrderRow[]> {
  return sql<ShopOrderRow[]>`
    select ${orderColumns(sql)}, c.placement_type as "placementType"
      from market.orders o join market.campaigns c on c.campaign_id = o.campaign_id and c.business_id = o.business_id
     where o.lane = ${laneOf(businessId)} and o.business_id = ${businessId}
       ${before ? sql`and (o.created_at, o.order_id) < (${before.createdAt}, ${before.orderId})` : sql``}
       ${within(sql, createdAt(sql), search.created)}
       ${within(sql, shippedAt(sql), search.shipped)}
       ${within(sql, updatedAt(sql), search.updated)}
       ${matches(sql, search)}
     order by o.created_at desc, o.order_id desc
     limit ${limit}`
}

function matches(sql: Queries, search: OrderSearch) {
  const { orderIds, campaignIds, placementTypes, statuses, substatuses, fake } = search
  return sql`
    ${orderIds ? sql`and o.order_id = any(${[...orderIds]}::bigint[])` : sql``}
    ${campaignIds ? sql`and o.campaign_id = any(${[...campaignIds]}::bigint[])` : sql``}
    ${placementTypes ? sql`and c.placement_type = any(${[...placementTypes]}::text[])` : sql``}
    ${statuses ? sql`and ${knownStatus(sql)} = any(${[...statuses]}::text[])` : sql``}
    ${substatuses ? sql`and coalesce(o.facts ->> 'substatus', ${JSON.stringify(usualSubstatuses)}::jsonb ->> ${knownStatus(sql)}) = any(${[...substatuses]}::text[])` : sql``}
    ${fake === undefined ? sql`` : sql`and o.fake = ${fake}`}`
}

function knownStatus(sql: Queries) {
  return sql`(case when o.status = any(${[...orderStatuses]}::text[]) then o.status else ${orderStatuses.at(-1) ?? ''} end)`
}

const createdAt = (sql: Queries) => sql`o.created_at`
const updatedAt = (sql: Queries) => sql`coalesce(o.updated_at, o.created_at)`

/** The beginning of the day in Moscow, which is three hours before that of UTC. */
const shippedAt = (sql: Queries) => sql`
  (coalesce((o.facts #>> '{delivery,shipmentDate}')::date, (o.created_at at time zone 'UTC' + interval '3 hours')::date + ${shipsAfterDays}::integer)
    - interval '3 hours') at time zone 'UTC'`

function within(sql: Queries, moment: ReturnType<typeof createdAt>, { from, to }: Period) {
  return sql`${from ? sql`and ${moment} >= ${from}` : sql``} ${to ? sql`and ${moment} < ${to}` : sql``}`
}
