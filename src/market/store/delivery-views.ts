import type { BusinessId, ChatEventType, ChatId, FailureReason, Inside, MessageId } from '#contract'
import type { Queries } from '#database'
import type { DeliveryKey, DeliveryState } from './deliveries.ts'
import { laneOf } from './lane.ts'
import type { SubscriptionId } from './subscriptions.ts'

export type DeliveryRow = DeliveryKey & {
  chatId: ChatId
  messageId: MessageId | null
  happenedAt: Date
  state: DeliveryState
  attempt: number
}

export type AttemptRow = Omit<DeliveryKey, 'businessId'> & {
  attempt: number
  startedAt: Date
  durationMs: number
  outcome: 'delivered' | 'refused' | 'failed'
  status: number | null
  failure: Inside<FailureReason> | null
}

export type DeliveryFilter = {
  state?: DeliveryState | undefined
  type?: ChatEventType | undefined
  chatId?: ChatId | undefined
  subscriptionId?: SubscriptionId | undefined
}

export type DeliveryPosition = Pick<DeliveryKey, 'eventId' | 'type' | 'subscriptionId'>
export type DeliveriesPage = { before: DeliveryPosition | undefined; limit: number }

// How many deliveries are looked through for a page: whoever looks for what is not there goes on page by page.
const maxLookedThrough = 20_000
const minLookedThrough = 400

const columns = (sql: Queries) => sql`
  d.business_id as "businessId", d.subscription_id as "subscriptionId", d.event_id as "eventId", d.type, d.chat_id as "chatId",
  d.message_id as "messageId", d.happened_at as "happenedAt", d.state, d.attempt`

/** Which row of market.deliveries d it is, without its lane. */
export const ofKey = (sql: Queries, { businessId, subscriptionId, eventId, type }: DeliveryKey) => sql`
  d.business_id = ${businessId} and d.subscription_id = ${subscriptionId} and d.event_id = ${eventId} and d.type = ${type}`

function matches(sql: Queries, { state, type, chatId }: DeliveryFilter) {
  return sql`
    ${state ? sql`and w.state = ${state}` : sql``}
    ${type ? sql`and w.type = ${type}` : sql``}
    ${chatId === undefined ? sql`` : sql`and w.chat_id = ${chatId}`}`
}

/**
 * Newest first, merged over the subscriptions of the business, each by its own key: a list of its own would cost every
 * message an index. `end` is where the looking ended if it did so before the page was full.
 */
export async function listDeliveries(
  sql: Queries,
  businessId: BusinessId,
  filter: DeliveryFilter,
  { before, limit }: DeliveriesPage,
): Promise<{ rows: DeliveryRow[]; end: DeliveryPosition | undefined }> {
  const subscriptions = sql`
    market.subscriptions s
      where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId}
      ${filter.subscriptionId === undefined ? sql`` : sql`and s.subscription_id = ${filter.subscriptionId}`}`
  const [count] = await sql<[{ count: number }]>`
    select count(*)::integer as count from ${subscriptions}`
  const each = Math.max(minLookedThrough, Math.floor(maxLookedThrough / Math.max(count.count, 1)))
  const newest = sql`
    (select * from market.deliveries d
      where d.lane = s.lane and d.business_id = s.business_id and d.subscription_id = s.subscription_id
        ${before ? sql`and (d.event_id, d.type) <= (${before.eventId}, ${before.type}) and (d.event_id, d.type, d.subscription_id) < (${before.eventId}, ${before.type}, ${before.subscriptionId})` : sql``}
      order by d.event_id desc, d.type desc`
  const found = await sql<(DeliveryRow & { isFound: boolean })[]>`
    with s as materialized (select s.lane, s.business_id, s.subscription_id from ${subscriptions}),
    ends as (
      select e.event_id, e.type, s.subscription_id from s, lateral ${newest} offset ${each - 1} limit 1) e
       order by 1 desc, 2 desc, 3 desc limit 1)
    select ${columns(sql)}, true as "isFound"
      from s, lateral (
        select w.* from ${newest} limit ${each}) w where true ${matches(sql, filter)}
         order by w.event_id desc, w.type desc limit ${limit}) d
     where not exists (select from ends e where (d.event_id, d.type, d.subscription_id) < (e.event_id, e.type, e.subscription_id))
    union all
    select ${businessId}::bigint, e.subscription_id, e.event_id, e.type, 0, null, now(), 'waiting', 0, false from ends e
     order by 3 desc, 4 desc, 2 desc`
  const end = found.find(row => !row.isFound)
  const rows = found.filter(row => row.isFound).slice(0, limit)
  return { rows, end: rows.length < limit ? end : undefined }
}

export async function findDelivery(sql: Queries, key: DeliveryKey): Promise<DeliveryRow | undefined> {
  const [row] = await sql<DeliveryRow[]>`
    select ${columns(sql)} from market.deliveries d where d.lane = ${laneOf(key.businessId)} and ${ofKey(sql, key)}`
  return row
}

/** The attempts of some deliveries of a business, of each the newest first and so many at the most. */
export function listAttempts(
  sql: Queries,
  businessId: BusinessId,
  keys: readonly DeliveryPosition[],
  max: number,
): Promise<AttemptRow[]> {
  return sql<AttemptRow[]>`
    select a.subscription_id as "subscriptionId", a.event_id as "eventId", a.type, a.attempt, a.started_at as "startedAt",
           a.duration_ms as "durationMs", a.outcome, a.status, a.failure
      from unnest(${keys.map(key => key.subscriptionId)}::bigint[], ${keys.map(key => key.eventId)}::bigint[], ${keys.map(key => key.type)}::text[])
             as k(subscription_id, event_id, type),
           lateral (
             select * from market.delivery_attempts a
              where a.lane = ${laneOf(businessId)} and a.business_id = ${businessId} and a.subscription_id = k.subscription_id
                and a.event_id = k.event_id and a.type = k.type
              order by a.attempt desc limit ${max}) a
     order by a.attempt desc`
}
