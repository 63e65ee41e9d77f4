import type { BusinessId, ChatEventType, Id } from '#contract'
import type { Queries, Sql } from '#database'
import { laneOf } from './lane.ts'

export type SubscriptionId = Id<'subscription'>

export type SubscriptionState = 'enabled' | 'disabled' | 'failed'

export type SubscriptionRow = {
  businessId: BusinessId
  subscriptionId: SubscriptionId
  name: string
  url: string
  types: ChatEventType[]
  state: SubscriptionState
  stateSince: Date
  /** How many deliveries were cancelled in its life. */
  cancelled: number
  /** Attempts failed in a row. */
  failures: number
  failingSince: Date | null
  /** When its oldest delivery may be tried again. */
  dueAt: Date
  salt: Buffer
  previousSalt: Buffer | null
  /** Until when the previous secret signs too. */
  previousUntil: Date | null
  /** Of the headers that the shop wants; their values are sealed. */
  headerNames: string[]
  sealedHeaders: Buffer | null
  createdAt: Date
}

export type SubscriptionKey = Pick<SubscriptionRow, 'businessId' | 'subscriptionId'>

/** A subscription's columns as a SubscriptionRow has them. */
export const subscriptionColumns = (sql: Queries) => sql`
  business_id as "businessId", subscription_id as "subscriptionId", name, url, types, state, state_since as "stateSince",
  cancelled, failures, failing_since as "failingSince", due_at as "dueAt", salt, previous_salt as "previousSalt",
  previous_until as "previousUntil", created_at as "createdAt",
  header_names as "headerNames", sealed_headers as "sealedHeaders"`

export type SealedHeaders = Pick<SubscriptionRow, 'headerNames' | 'sealedHeaders'>

type NewSubscription = Pick<SubscriptionRow, 'businessId' | 'name' | 'url' | 'types' | 'salt'> & {
  headers?: SealedHeaders
  state: 'enabled' | 'disabled'
  /** How many the business may have. */
  max: number
  now: Date
}

/** Undefined if the business has `max` already. The business's row is the lock between racing callers. */
export function insertSubscription(sql: Sql, subscription: NewSubscription): Promise<SubscriptionRow | undefined> {
  const { businessId, name, url, types, salt, state, max, now } = subscription
  const { headerNames, sealedHeaders } = subscription.headers ?? { headerNames: [], sealedHeaders: null }
  const lane = laneOf(businessId)
  return sql.begin(async transaction => {
    await transaction`select from market.businesses where business_id = ${businessId} for update`
    const [row] = await transaction<SubscriptionRow[]>`
      insert into market.subscriptions (lane, business_id, subscription_id, name, url, types, state, state_since, salt, created_at,
                                        header_names, sealed_headers)
      select ${lane}, ${businessId}, nextval('market.ids'), ${name}, ${url}, ${types}, ${state}, ${now}, ${salt}, ${now},
             ${headerNames}, ${sealedHeaders}::bytea
       where (select count(*) from market.subscriptions where lane = ${lane} and business_id = ${businessId}) < ${max}
      returning ${subscriptionColumns(transaction)}`
    return row
  })
}

export async function findSubscription(sql: Queries, key: SubscriptionKey): Promise<SubscriptionRow | undefined> {
  const { businessId, subscriptionId } = key
  const [row] = await sql<SubscriptionRow[]>`
    select ${subscriptionColumns(sql)} from market.subscriptions
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and subscription_id = ${subscriptionId}`
  return row
}

const cancelledAtOnce = 5_000

type Cancel = { states?: readonly ('waiting' | 'in_flight')[]; now: Date }

/** Cancels what waits for a subscription that is not enabled, and counts it there; nothing if it is enabled. */
export async function cancelWaiting(
  sql: Queries,
  { businessId, subscriptionId }: SubscriptionKey,
  { states = ['waiting'], now }: Cancel,
): Promise<number> {
  let cancelled = 0
  let count = 0
  do {
    const [row] = await sql<[{ count: number }]>`
      select market.cancel_deliveries(${laneOf(businessId)}::smallint, ${businessId}::bigint, ${subscriptionId}::bigint,
                                      ${now}::timestamptz, ${[...states]}::text[], ${cancelledAtOnce}) as count`
    count = row.count
    cancelled += count
  } while (count === cancelledAtOnce)
  return cancelled
}

type StateChange = { from: readonly SubscriptionState[]; to: SubscriptionState; now: Date }

/**
 * False if it is in none of the states `from`, or is not there. What waited is cancelled either way: enabled, a subscription
 * starts anew. It may take a while if that is much, so it is done bit by bit.
 */
export async function setSubscriptionState(
  sql: Queries,
  key: SubscriptionKey,
  { from, to, now }: StateChange,
): Promise<boolean> {
  if (to === 'enabled') await cancelWaiting(sql, key, { now })
  const { businessId, subscriptionId } = key
  const [row] = await sql<[{ isChanged: boolean }]>`
    select market.set_subscription_state(${laneOf(businessId)}::smallint, ${businessId}::bigint, ${subscriptionId}::bigint,
                                         ${[...from]}::text[], ${to}, ${now}::timestamptz) as "isChanged"`
  if (row.isChanged && to !== 'enabled') await cancelWaiting(sql, key, { now })
  return row.isChanged
}
