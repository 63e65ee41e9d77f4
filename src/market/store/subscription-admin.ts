import type { BusinessId, ChatEventType } from '#contract'
import type { Queries, Sql } from '#database'
import { type Lane, laneOf } from './lane.ts'
import { type SealedHeaders, type SubscriptionKey, type SubscriptionRow, subscriptionColumns } from './subscriptions.ts'

/** How it goes: what waits (counted to 10 000), and when something was delivered last. */
type SubscriptionHealth = { waiting: number; lastDeliveredAt: Date | null }
export type WatchedSubscription = SubscriptionRow & SubscriptionHealth

const maxWaitingCounted = 10_000
const maxLookedBack = 1_000

/** What is finished comes before what waits, so that the last one delivered is found next to the first that waits. */
const watched = (sql: Queries, lane: Lane) => sql`
  select ${subscriptionColumns(sql)},
         (select count(*)::integer from (
            select from market.deliveries d
             where d.lane = ${lane} and d.business_id = s.business_id and d.subscription_id = s.subscription_id
               and d.state in ('waiting', 'in_flight') limit ${maxWaitingCounted}) counted) as waiting,
         (select x.finished_at from (
            select d.state, d.finished_at from market.deliveries d
             where d.lane = ${lane} and d.business_id = s.business_id and d.subscription_id = s.subscription_id
               and d.event_id <= coalesce((
                 select min(h.event_id) from market.deliveries h
                  where h.lane = ${lane} and h.business_id = s.business_id and h.subscription_id = s.subscription_id
                    and h.state in ('waiting', 'in_flight')), 9223372036854775807)
             order by d.event_id desc, d.type desc limit ${maxLookedBack}) x
           where x.state = 'delivered' limit 1) as "lastDeliveredAt"
    from market.subscriptions s`

/** By age. */
export function listWatchedSubscriptions(sql: Queries, businessId: BusinessId): Promise<WatchedSubscription[]> {
  return sql<WatchedSubscription[]>`
    ${watched(sql, laneOf(businessId))} where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} order by s.subscription_id`
}

export async function findWatchedSubscription(
  sql: Queries,
  { businessId, subscriptionId }: SubscriptionKey,
): Promise<WatchedSubscription | undefined> {
  const [row] = await sql<WatchedSubscription[]>`
    ${watched(sql, laneOf(businessId))} where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId}`
  return row
}

type Change = {
  name?: string | undefined
  url?: string | undefined
  types?: ChatEventType[] | undefined
  headers?: SealedHeaders | undefined
}

/**
 * Changes what is given. With a URL that was not tried, only one that is not enabled is changed: false then. A new URL is
 * no heir to the failures of the old one.
 */
export async function changeSubscription(
  sql: Queries,
  { businessId, subscriptionId }: SubscriptionKey,
  { name, url, types, headers }: Change,
  isUrlTried: boolean,
): Promise<boolean> {
  const isNew = sql`${url ?? null}::text is not null and s.url <> ${url ?? null}::text`
  const { count } = await sql`
    update market.subscriptions s
       set name = coalesce(${name ?? null}, s.name), url = coalesce(${url ?? null}, s.url),
           types = coalesce(${types ?? null}::text[], s.types),
           header_names = coalesce(${headers?.headerNames ?? null}::text[], s.header_names),
           sealed_headers = case when ${headers !== undefined} then ${headers?.sealedHeaders ?? null}::bytea else s.sealed_headers end,
           failures = case when ${isNew} then 0 else s.failures end,
           failing_since = case when ${isNew} then null else s.failing_since end,
           due_at = case when ${isNew} then to_timestamp(0) else s.due_at end
     where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId}
       and (s.state <> 'enabled' or ${isUrlTried} or not (${isNew}))`
  return count > 0
}

/** Makes its next attempt due at once; the count of its failures stays. False if it is not enabled. */
export async function makeDue(sql: Queries, { businessId, subscriptionId }: SubscriptionKey): Promise<boolean> {
  const { count } = await sql`
    update market.subscriptions s set due_at = to_timestamp(0)
     where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId} and s.state = 'enabled'`
  return count > 0
}

/** A new salt; the one before signs until then as well. False if there is no such subscription. */
export async function rotateSalt(
  sql: Queries,
  { businessId, subscriptionId }: SubscriptionKey,
  { salt, previousUntil }: { salt: Buffer; previousUntil: Date },
): Promise<boolean> {
  const { count } = await sql`
    update market.subscriptions s set previous_salt = s.salt, previous_until = ${previousUntil}, salt = ${salt}
     where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId}`
  return count > 0
}

/** Locks it until the end of the transaction, if it still has this address. */
export async function lockWithUrl(
  transaction: Queries,
  { businessId, subscriptionId }: SubscriptionKey,
  url: string,
): Promise<boolean> {
  const rows = await transaction`
    select from market.subscriptions s
     where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId} and s.url = ${url} for no key update`
  return rows.length > 0
}

const deletedAtOnce = 2_000

/** Removes it, then its deliveries bit by bit; what is left of them if that is cut short is pruned in time, or is an orphan. */
export async function deleteSubscription(sql: Sql, key: SubscriptionKey): Promise<boolean> {
  const { businessId, subscriptionId } = key
  const { count } = await sql`
    delete from market.subscriptions s where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId}`
  if (count === 0) return false
  while ((await deleteDeliveries(sql, key)) === deletedAtOnce);
  return true
}

/**
 * Removes what is unfinished in these lanes and has no subscription any more: it was being written, or was in flight, when
 * that was deleted, and nobody would ever finish it.
 */
export async function deleteOrphans(sql: Sql, lanes: readonly Lane[]): Promise<void> {
  for (const lane of lanes)
    for (const key of await listOrphaned(sql, lane)) while ((await deleteDeliveries(sql, key)) === deletedAtOnce);
}

/** From one subscription that has something unfinished to the next, however much that is. */
function listOrphaned(sql: Sql, lane: Lane): Promise<SubscriptionKey[]> {
  const unfinished = sql`
    select d.business_id, d.subscription_id from market.deliveries d
     where d.lane = ${lane} and d.state in ('waiting', 'in_flight')`
  const first = sql`order by d.business_id, d.subscription_id limit 1`
  return sql<SubscriptionKey[]>`
    with recursive k as (
      (${unfinished} ${first})
      union all
      select n.* from k, lateral (
        ${unfinished} and (d.business_id, d.subscription_id) > (k.business_id, k.subscription_id) ${first}) n)
    select k.business_id as "businessId", k.subscription_id as "subscriptionId" from k
     where not exists (
       select from market.subscriptions s
        where s.lane = ${lane} and s.business_id = k.business_id and s.subscription_id = k.subscription_id)`
}

function deleteDeliveries(sql: Sql, { businessId, subscriptionId }: SubscriptionKey): Promise<number> {
  return sql.begin(async transaction => {
    const ofSubscription = transaction`
      d.lane = ${laneOf(businessId)} and d.business_id = ${businessId} and d.subscription_id = ${subscriptionId}`
    const keys = await transaction<{ eventId: bigint; type: string }[]>`
      select d.event_id as "eventId", d.type from market.deliveries d
       where ${ofSubscription} order by d.event_id, d.type limit ${deletedAtOnce}`
    const last = keys.at(-1)
    if (!last) return 0
    // As a stretch of the key: a join with the keys may be planned as a scan.
    const some = transaction`(d.event_id, d.type) <= (${last.eventId}, ${last.type})`
    await transaction`delete from market.delivery_attempts d where ${ofSubscription} and ${some}`
    await transaction`delete from market.deliveries d where ${ofSubscription} and ${some}`
    return keys.length
  })
}
