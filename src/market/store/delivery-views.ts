import type { BusinessId, ChatId, FailureReason, Inside, MessageId } from '#contract'
import type { Queries } from '#database'
import type { DeliveryKey, DeliveryState } from './deliveries.ts'
import { laneOf } from './lane.ts'

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

/** A delivery's columns as a DeliveryRow has them, of market.deliveries d. */
export const deliveryColumns = (sql: Queries) => sql`
  d.business_id as "businessId", d.subscription_id as "subscriptionId", d.event_id as "eventId", d.type, d.chat_id as "chatId",
  d.message_id as "messageId", d.happened_at as "happenedAt", d.state, d.attempt`

/** Which row of market.deliveries d it is, without its lane. */
export const ofKey = (sql: Queries, { businessId, subscriptionId, eventId, type }: DeliveryKey) => sql`
  d.business_id = ${businessId} and d.subscription_id = ${subscriptionId} and d.event_id = ${eventId} and d.type = ${type}`

export async function findDelivery(sql: Queries, key: DeliveryKey): Promise<DeliveryRow | undefined> {
  const [row] = await sql<DeliveryRow[]>`
    select ${deliveryColumns(sql)} from market.deliveries d where d.lane = ${laneOf(key.businessId)} and ${ofKey(sql, key)}`
  return row
}

/** The attempts of some deliveries of a business, of each the newest first and so many at the most. */
export function listAttempts(
  sql: Queries,
  businessId: BusinessId,
  keys: readonly Omit<DeliveryKey, 'businessId'>[],
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
