import type { BusinessId, ChatEventType, ChatId, FailureReason, Inside, MessageId } from '#contract'
import type { Queries } from '#database'
import { type Lane, laneOf } from './lane.ts'
import { type BatchLane, type Layout, ofEachShard } from './layout.ts'
import type { SubscriptionId, SubscriptionKey, SubscriptionState } from './subscriptions.ts'

export type DeliveryState = 'waiting' | 'in_flight' | 'delivered' | 'refused' | 'cancelled'

/** The natural key of a delivery: who is told of what. */
export type DeliveryKey = {
  businessId: BusinessId
  subscriptionId: SubscriptionId
  /** The message, the chat or the dispute's event. */
  eventId: bigint
  type: ChatEventType
}

/** A subscription that has something unfinished. */
export type Work = SubscriptionKey & { state: SubscriptionState; failures: number; dueAt: Date }

/** What is unfinished in these businesses. */
export function findWork({ sql, layout }: Needs, businessIds: readonly BusinessId[]): Promise<Work[]> {
  return ofEachShard(
    layout,
    businessIds,
    (ids, isHere) => sql<Work[]>`
      select s.business_id as "businessId", s.subscription_id as "subscriptionId", s.state, s.failures, s.due_at as "dueAt"
        from unnest(${ids.map(laneOf)}::smallint[], ${ids}::bigint[]) as b(lane, id)
        join market.subscriptions s on s.lane = b.lane and s.business_id = b.id
       where ${isHere(sql, 's')} and exists (${unfinished(sql, sql`and ${isHere(sql, 'd')}`)})`,
  )
}

type Needs = { sql: Queries; layout: Layout }

/** What is unfinished in these lanes. */
export function findWorkOfLanes(sql: Queries, lanes: readonly Lane[]): Promise<Work[]> {
  return sql<Work[]>`
    select s.business_id as "businessId", s.subscription_id as "subscriptionId", s.state, s.failures, s.due_at as "dueAt"
      from market.subscriptions s
     where s.lane = any(${[...lanes]}::smallint[]) and exists (${unfinished(sql, sql``)})`
}

type Statement = ReturnType<Queries>

// A look into the index for each subscription, however much waits for it.
const unfinished = (sql: Queries, more: Statement) => sql`
  select from market.deliveries d
   where d.lane = s.lane and d.business_id = s.business_id and d.subscription_id = s.subscription_id
     and d.state in ('waiting', 'in_flight') ${more} offset 0`

const maxCounted = 100_000

/** How many deliveries wait in these lanes, or are in flight; it stops counting at a hundred thousand. */
export async function countUnfinished(sql: Queries, lanes: readonly Lane[]): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::integer as count from (
      select 1 from market.deliveries
       where lane = any(${[...lanes]}::smallint[]) and state in ('waiting', 'in_flight') limit ${maxCounted}) unfinished`
  return row.count
}

/** One step of a subscription as market.work_subscriptions reads it; ids in decimal, since JSON numbers end at 2^53. */
export type StepItem = {
  lane: Lane
  business: string
  subscription: string
  /** Of the lease that the lane is held by. */
  epoch: string
  /** Whether to claim the next delivery. */
  claims: boolean
  event?: string
  type?: ChatEventType
  attempt?: number
  outcome?: 'delivered' | 'refused' | 'failed'
  status?: number
  failure?: Inside<FailureReason>
  /** Milliseconds. */
  duration?: number
  /** Of the subscription, before this attempt. */
  failures?: number
  /** When to try again, in ISO 8601; without it a failure disables the subscription. */
  due?: string
}

/** What a step came to. The rest is there if `claim` is claimed, dueAt also if it is later. */
export type StepRow = {
  settled: 'settled' | 'stale' | null
  claim: 'claimed' | 'nothing' | 'later' | 'closed' | 'no_lease' | null
  dueAt: Date | null
  eventId: bigint | null
  type: ChatEventType | null
  chatId: ChatId | null
  messageId: MessageId | null
  happenedAt: Date | null
  attempt: number | null
  attemptedAt: Date | null
  failures: number | null
  url: string | null
  salt: Buffer | null
  previousSalt: Buffer | null
  previousUntil: Date | null
  sealedHeaders: Buffer | null
}

type StepBy = { owner: string; now: Date; maxDueAt: Date; lane?: BatchLane }

/** Settles and claims for many subscriptions in one transaction; one row for each item, in their order. */
export function workSubscriptions(
  sql: Queries,
  items: readonly StepItem[],
  { owner, now, maxDueAt, lane = null }: StepBy,
) {
  return sql<StepRow[]>`
    select settled, claim, due_at as "dueAt", event_id as "eventId", type, chat_id as "chatId", message_id as "messageId",
           happened_at as "happenedAt", attempt, attempted_at as "attemptedAt", failures, url, salt,
           previous_salt as "previousSalt", previous_until as "previousUntil",
           sealed_headers as "sealedHeaders"
      from market.work_subscriptions(${lane}::smallint, ${owner}::uuid, ${now}::timestamptz, ${maxDueAt}::timestamptz, ${JSON.stringify(items)}::text::json)`
}
