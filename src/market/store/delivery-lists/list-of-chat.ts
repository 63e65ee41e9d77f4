import type { BusinessId, ChatEventType, ChatId } from '#contract'
import { constant, pageSize, type Queries } from '#database'
import { type DeliveryRow, deliveryColumns } from '../delivery-views.ts'
import { laneOf } from '../lane.ts'
import type { DeliveriesPage, DeliveryFilter } from './filter.ts'
import { cutFound, type FoundDeliveries } from './found.ts'
import { isBefore, subscriptionsOf } from './parts.ts'
import { isOfState } from './source.ts'

/**
 * Newest first. By what they tell of: the messages of the chat, the chat itself, and its disputes, which an index of their own
 * has. So a message that is posted needs no index of deliveries by chat.
 */
export async function listDeliveriesOfChat(
  sql: Queries,
  businessId: BusinessId,
  { chatId, ...filter }: DeliveryFilter & { chatId: ChatId },
  { before, limit, maxLooked }: DeliveriesPage,
): Promise<FoundDeliveries> {
  const { state, type } = filter
  const size = constant(pageSize(limit))
  const rest = sql`${isBefore(sql, before)} ${isOfState(sql, state)}`
  const is = (some: readonly ChatEventType[]) => (type === undefined || some.includes(type) ? sql`true` : sql`false`)
  const isDispute = type ? sql`and d.type = ${type}` : sql``
  const messages = sql`
    (select m.message_id from market.messages m
      where m.lane = ${laneOf(businessId)} and m.business_id = ${businessId} and m.chat_id = ${chatId}
        ${before ? sql`and m.message_id <= ${before.eventId}` : sql``} and ${is(['message_sent'])}
      order by m.message_id desc`
  const found = await sql<(DeliveryRow & { isFound: boolean })[]>`
    with s as materialized (${subscriptionsOf(sql, businessId, filter)}),
    told as materialized (
      select d.* from s, lateral (
        select d.* from ${messages} limit ${constant(maxLooked)}) m, lateral (
          select * from market.deliveries d
           where d.lane = ${laneOf(businessId)} and d.business_id = s.business_id and d.subscription_id = s.subscription_id
             and d.event_id = m.message_id and d.type = 'message_sent' ${rest} limit 1) d
         order by m.message_id desc limit ${size}) d),
    ends as materialized (
      select e.message_id from ${messages} offset ${constant(maxLooked - 1)} limit 1) e
       where exists (select from s where (select count(*) from told where told.subscription_id = s.subscription_id) < ${size})),
    others as (
      select d.* from s, lateral (
        select * from market.deliveries d
         where d.lane = ${laneOf(businessId)} and d.business_id = s.business_id and d.subscription_id = s.subscription_id
           and d.event_id = ${chatId} and d.type = 'chat_created' and ${is(['chat_created'])} ${rest} limit 1) d
      union all
      select d.* from (
        select * from market.deliveries d
         where d.lane = ${laneOf(businessId)} and d.business_id = ${businessId} and d.chat_id = ${chatId}
           and d.type in ('dispute_started', 'dispute_finished') ${isDispute}
           and d.subscription_id in (select s.subscription_id from s) ${rest}
         order by d.event_id desc, d.type desc, d.subscription_id desc limit ${size}) d)
    select * from (
      select ${deliveryColumns(sql)}, true as "isFound" from (select * from told union all select * from others) d
       where not exists (select from ends e where d.event_id < e.message_id)
       order by d.event_id desc, d.type desc, d.subscription_id desc limit ${size}) f
    union all
    select ${businessId}::bigint, 0, e.message_id, 'chat_created', ${chatId}::bigint, null, now(), 'waiting', 0, false from ends e`
  return cutFound(found, limit)
}
