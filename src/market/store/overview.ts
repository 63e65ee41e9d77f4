import {
  type BusinessId,
  type ChatId,
  type ChatStatus,
  type ChatType,
  chatContextTypes,
  chatStatuses,
  chatTypes,
  type Inside,
  inside,
  type Sender,
} from '#contract'
import { constant, constantWords, type Queries } from '#database'
import { laneOf } from './lane.ts'

/** How much is looked through, so that a glance costs the same however large the business is. */
export const overviewBounds = { chats: 1_000, movedChats: 1_000, messages: 20_000, deliveries: 20_000 }

export type ChatCounts = { total: number; waitingForShop: number; disputes: number; test: number }

/** Each count up to the bound: by the index that has them, without a look at the chats. */
export async function countChats(sql: Queries, businessId: BusinessId): Promise<ChatCounts> {
  const ofBusiness = sql`c.lane = ${laneOf(businessId)} and c.business_id = ${businessId}`
  const upTo = sql`limit ${constant(overviewBounds.chats)}`
  // Each state is a stretch of the index.
  const inStates = (types: readonly Inside<ChatType>[], statuses: readonly Inside<ChatStatus>[]) => sql`
    (select count(*)::integer from (
      select from unnest(${constantWords(chatContextTypes.map(inside))}) x(context), unnest(${constantWords(types)}) y(type),
                  unnest(${constantWords(statuses)}) z(status), lateral (
        select from market.chats c
         where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.context_type = x.context and c.type = y.type and c.status = z.status ${upTo}) found
       ${upTo}) q)`
  const [row] = await sql<[ChatCounts]>`
    select (select count(*)::integer from (select from market.chats c where ${ofBusiness} ${upTo}) q) as total,
           ${inStates(chatTypes.map(inside), ['waiting_for_partner'])} as "waitingForShop",
           ${inStates(['arbitrage'], unfinished)} as disputes,
           (select count(*)::integer from (
             select from market.orders o, lateral (
               select from market.chats c
                where ${ofBusiness} and c.context_type = 'order' and c.context_id = o.order_id and c.fake limit 1) found
              where o.lane = ${laneOf(businessId)} and o.business_id = ${businessId} and o.fake and o.expires_at is not null
              ${upTo}) q) as test`
  return row
}

const unfinished = chatStatuses.map(inside).filter(status => status !== 'finished')

export type MinuteOf<Kind extends string> = { minute: Date; kind: Kind; count: number }
export type Minutes<Kind extends string> = { minutes: MinuteOf<Kind>[]; isPartial: boolean }

/** The messages since, by minute and sender: of the chats that moved last, of each from its newest message down. */
export async function countMessages(
  sql: Queries,
  businessId: BusinessId,
  since: Date,
): Promise<Minutes<Inside<Sender>>> {
  const rows = await sql<(MinuteOf<Inside<Sender>> & { looked: number; chats: number })[]>`
    with moved as (
      select c.lane, c.business_id, c.chat_id from market.chats c
       where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.updated_at >= ${since}
       order by c.updated_at desc, c.chat_id desc limit ${overviewBounds.movedChats}),
    written as materialized (
      select m.created_at, m.sender from moved c, lateral (
        select x.created_at, x.sender from market.messages x
         where x.lane = ${laneOf(businessId)} and x.business_id = c.business_id and x.chat_id = c.chat_id
           and x.message_id > coalesce((
             select o.message_id from market.messages o
              where o.lane = ${laneOf(businessId)} and o.business_id = c.business_id and o.chat_id = c.chat_id and o.created_at < ${since}
              order by o.message_id desc limit 1), 0)
         order by x.message_id desc) m
       limit ${overviewBounds.messages})
    select date_trunc('minute', created_at) as minute, sender as kind, count(*)::integer as count,
           (select count(*)::integer from written) as looked, (select count(*)::integer from moved) as chats
      from written group by 1, 2`
  const [row] = rows
  const isPartial =
    row !== undefined && (row.looked === overviewBounds.messages || row.chats === overviewBounds.movedChats)
  return { minutes: rows, isPartial }
}

/**
 * The attempts to deliver since, by minute and outcome: of what was finished since, and of the one in each subscription that
 * holds the others back. What was taken at once is counted without a look at its attempt.
 */
export async function countAttempts(
  sql: Queries,
  businessId: BusinessId,
  since: Date,
): Promise<Minutes<'delivered' | 'refused' | 'failed'>> {
  const ofBusiness = sql`s.lane = ${laneOf(businessId)} and s.business_id = ${businessId}`
  const rows = await sql<(MinuteOf<'delivered' | 'refused' | 'failed'> & { looked: number })[]>`
    with finished as materialized (
      select * from market.deliveries where lane = ${laneOf(businessId)} and finished_at >= ${since}
       order by finished_at desc limit ${overviewBounds.deliveries}),
    tried as (
      select lane, business_id, subscription_id, event_id, type from finished
       where business_id = ${businessId} and not (state = 'delivered' and attempt = 1)
      union all
      select d.* from market.subscriptions s, lateral (
        select x.lane, x.business_id, x.subscription_id, x.event_id, x.type from market.deliveries x
         where x.lane = ${laneOf(businessId)} and x.business_id = s.business_id and x.subscription_id = s.subscription_id
           and x.state in ('waiting', 'in_flight')
         order by x.event_id, x.type limit 1) d
       where ${ofBusiness})
    select date_trunc('minute', at) as minute, kind, count(*)::integer as count, (select count(*)::integer from finished) as looked
      from (
        select finished_at as at, state as kind from finished
         where business_id = ${businessId} and state = 'delivered' and attempt = 1
        union all
        select a.started_at, a.outcome from tried t join market.delivery_attempts a using (business_id, subscription_id, event_id, type)
         where a.lane = ${laneOf(businessId)} and a.started_at >= ${since}) x
     group by 1, 2`
  return { minutes: rows, isPartial: rows[0]?.looked === overviewBounds.deliveries }
}

export type SubscriptionCounts = { enabled: number; disabled: number; failed: number; waiting: number }

/** What waits is counted to 10 000 for each subscription. */
export async function countSubscriptions(sql: Queries, businessId: BusinessId): Promise<SubscriptionCounts> {
  const [row] = await sql<[SubscriptionCounts]>`
    select (count(*) filter (where s.state = 'enabled'))::integer as enabled,
           (count(*) filter (where s.state = 'disabled'))::integer as disabled,
           (count(*) filter (where s.state = 'failed'))::integer as failed,
           coalesce(sum((select count(*) from (
             select from market.deliveries d
              where d.lane = ${laneOf(businessId)} and d.business_id = s.business_id and d.subscription_id = s.subscription_id
                and d.state in ('waiting', 'in_flight') limit 10000) w)), 0)::integer as waiting
      from market.subscriptions s where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId}`
  return row
}

export type HappeningRow = {
  at: Date
  kind: 'message' | 'chat' | 'dispute'
  chatId: ChatId
  sender: Inside<Sender> | null
  text: string | null
}

/** What happened last in the chats that moved last: messages, chats that were opened, disputes that were finished. */
export function listHappenings(sql: Queries, businessId: BusinessId, max: number): Promise<HappeningRow[]> {
  return sql<HappeningRow[]>`
    with c as materialized (
      select * from market.chats
       where lane = ${laneOf(businessId)} and business_id = ${businessId}
       order by updated_at desc, chat_id desc limit ${max})
    select m.created_at as at, 'message' as kind, m.chat_id as "chatId", m.sender, m.text from c, lateral (
      select x.chat_id, x.created_at, x.sender, left(coalesce(x.body, x.file_name), 200) as text from market.messages x
       where x.lane = ${laneOf(businessId)} and x.business_id = c.business_id and x.chat_id = c.chat_id
       order by x.message_id desc limit ${max}) m
    union all
    select created_at, 'chat', chat_id, null, null from c
    union all
    select changed_at, 'dispute', chat_id, null, null from c
     where type = 'arbitrage' and status = 'finished' and changed_at > updated_at
     order by 1 desc limit ${max}`
}
