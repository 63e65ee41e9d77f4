import { type BusinessId, maxInt64 } from '#contract'
import { constant, pageSize, type Queries } from '#database'
import { type DeliveryRow, deliveryColumns } from '../delivery-views.ts'
import { laneOf } from '../lane.ts'
import type { DeliveriesPage, DeliveryFilter } from './filter.ts'
import { cutFound, type FoundDeliveries } from './found.ts'
import { listDeliveriesOfChat } from './list-of-chat.ts'
import { isBefore, subscriptionsOf } from './parts.ts'
import { sourceOf } from './source.ts'

/** Newest first, over all subscriptions of the business. */
export function listDeliveries(
  sql: Queries,
  businessId: BusinessId,
  filter: DeliveryFilter,
  page: DeliveriesPage,
): Promise<FoundDeliveries> {
  const { chatId } = filter
  return chatId === undefined
    ? listOfSubscriptions(sql, businessId, filter, page)
    : listDeliveriesOfChat(sql, businessId, { ...filter, chatId }, page)
}

/** Merged over the subscriptions, each in the order of an index of its own. */
async function listOfSubscriptions(
  sql: Queries,
  businessId: BusinessId,
  filter: DeliveryFilter,
  { before, limit, maxLooked }: DeliveriesPage,
): Promise<FoundDeliveries> {
  const size = constant(pageSize(limit))
  const { isOne, key, rest } = sourceOf(sql, filter)
  const column = key ? sql`, ${key.column}` : sql``
  const value = key ? sql`, ${key.value}` : sql``
  // Within the bounds of an index and in its order, instead of equal to its columns: were few rows expected of a subscription that
  // has millions, all of them would be read and sorted.
  const newest = sql`
    (select * from market.deliveries d
      where d.lane = ${laneOf(businessId)} and (d.business_id, d.subscription_id${column}) >= (s.business_id, s.subscription_id${value})
        and (d.business_id, d.subscription_id${column}, d.event_id) <= (s.business_id, s.subscription_id${value}, ${before?.eventId ?? maxInt64}::bigint)
        ${isOne} ${isBefore(sql, before)}
      order by d.business_id desc, d.subscription_id desc${key ? sql`, ${key.column} desc` : sql``}, d.event_id desc, d.type desc`
  const subscriptions = subscriptionsOf(sql, businessId, filter)
  if (rest === undefined) {
    const rows = await sql<DeliveryRow[]>`
      select ${deliveryColumns(sql)} from (${subscriptions}) s, lateral ${newest} limit ${size}) d
       order by d.event_id desc, d.type desc, d.subscription_id desc limit ${size}`
    return { rows: rows.slice(0, limit), end: undefined }
  }
  // Of a subscription of which a whole page was found nothing below that page is asked for: its end does not matter.
  const found = await sql<(DeliveryRow & { isFound: boolean })[]>`
    with s as materialized (${subscriptions}),
    found as materialized (
      select d.* from s, lateral (
        select w.* from ${newest} limit ${constant(maxLooked)}) w where ${rest}
         order by w.business_id desc, w.subscription_id desc, w.event_id desc, w.type desc limit ${size}) d),
    ends as materialized (
      select e.event_id, e.type, e.subscription_id
        from s, lateral ${newest} offset ${constant(maxLooked - 1)} limit 1) e
       where (select count(*) from found f where f.subscription_id = s.subscription_id) < ${size}
       order by e.event_id desc, e.type desc, e.subscription_id desc limit 1)
    select ${deliveryColumns(sql)}, true as "isFound" from found d
     where not exists (select from ends e where (d.event_id, d.type, d.subscription_id) < (e.event_id, e.type, e.subscription_id))
    union all
    select ${businessId}::bigint, e.subscription_id, e.event_id, e.type, 0, null, now(), 'waiting', 0, false from ends e
     order by 3 desc, 4 desc, 2 desc`
  return cutFound(found, limit)
}
