import type { BusinessId, ChatId, Id } from '#contract'
import type { Queries } from '#database'
import type { CustomerId } from './customers.ts'
import { laneOf, lanes } from './lane.ts'

export type LabBuyerId = Id<'lab buyer'>

export type LabBuyerRow = {
  buyerId: LabBuyerId
  businessId: BusinessId
  chatId: ChatId
  customerId: CustomerId
  customerName: string
  customerPublicId: string
  persona: string
  intent: string
  plot: string
  seed: number
  rate: number
  isJoined: boolean
  /** What was written up to here was not written to this buyer. */
  afterMessageId: bigint
  createdAt: Date
  endedAt: Date | null
}

const columns = (sql: Queries) => sql`
  b.buyer_id as "buyerId", b.business_id as "businessId", b.chat_id as "chatId", b.customer_id as "customerId",
  u.name as "customerName", u.public_id as "customerPublicId", b.persona, b.intent, b.plot, b.seed, b.rate,
  b.is_joined as "isJoined", b.after_message_id as "afterMessageId", b.created_at as "createdAt", b.ended_at as "endedAt"`

export async function takeLabBuyerId(sql: Queries): Promise<LabBuyerId> {
  const [row] = await sql<[{ buyerId: LabBuyerId }]>`select nextval('market.directory_numbers') as "buyerId"`
  return row.buyerId
}

type NewLabBuyer = Omit<
  LabBuyerRow,
  'customerId' | 'customerName' | 'customerPublicId' | 'afterMessageId' | 'createdAt' | 'endedAt'
> & { now: Date }

/**
 * A buyer in a chat that is there. One who joins hears it from its beginning, another what is written from now on. False
 * if the chat is gone, or somebody speaks for its customer already.
 */
export async function insertLabBuyer(sql: Queries, buyer: NewLabBuyer): Promise<boolean> {
  const { buyerId, businessId, chatId, persona, intent, plot, seed, rate, isJoined, now } = buyer
  const { count } = await sql`
    insert into market.lab_buyers (lane, business_id, buyer_id, chat_id, customer_id, persona, intent, plot, seed, rate,
                                   is_joined, after_message_id, created_at, is_removed)
    select lane, business_id, ${buyerId}::bigint, chat_id, customer_id, ${persona}, ${intent}, ${plot}, ${seed}::integer,
           ${rate}::double precision, ${isJoined}::boolean, case when ${isJoined}::boolean then 0 else last_message_id end,
           ${now}::timestamptz, false
      from market.chats where lane = ${laneOf(businessId)} and business_id = ${businessId} and chat_id = ${chatId}
    on conflict do nothing`
  return count > 0
}

/** Those who have not ended, of every business. */
export function listActingLabBuyers(sql: Queries): Promise<LabBuyerRow[]> {
  return sql<LabBuyerRow[]>`
    select ${columns(sql)}
      from market.lab_buyers b join market.customers u using (customer_id)
     where b.lane = any(${[...lanes]}::smallint[]) and b.ended_at is null`
}

/** Newest first; without those that were removed. */
export function listLabBuyers(sql: Queries, businessId: BusinessId, limit: number): Promise<LabBuyerRow[]> {
  return sql<LabBuyerRow[]>`
    select ${columns(sql)}
      from market.lab_buyers b join market.customers u using (customer_id)
     where b.lane = ${laneOf(businessId)} and b.business_id = ${businessId} and not b.is_removed
     order by b.buyer_id desc limit ${limit}`
}

export async function findLabBuyer(sql: Queries, buyerId: LabBuyerId): Promise<LabBuyerRow | undefined> {
  const [row] = await sql<LabBuyerRow[]>`
    select ${columns(sql)}
      from market.lab_buyers b join market.customers u using (customer_id)
     where b.lane = any(${[...lanes]}::smallint[]) and b.buyer_id = ${buyerId} and not b.is_removed`
  return row
}

type BuyerKey = { businessId: BusinessId; buyerId: LabBuyerId }

/** Until the end of the transaction nobody else acts for this buyer. False if it has ended. */
export async function lockLabBuyer(sql: Queries, { businessId, buyerId }: BuyerKey): Promise<boolean> {
  const rows = await sql`
    select from market.lab_buyers
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and buyer_id = ${buyerId} and ended_at is null
       for update`
  return rows.length > 0
}

export async function endLabBuyer(
  sql: Queries,
  { businessId, buyerId }: BuyerKey,
  { now, isRemoved }: { now: Date; isRemoved: boolean },
): Promise<void> {
  await sql`
    update market.lab_buyers set ended_at = coalesce(ended_at, ${now}::timestamptz), is_removed = is_removed or ${isRemoved}::boolean
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and buyer_id = ${buyerId}`
}

/** How many there have been, and how many have not ended. */
export async function countLabBuyers(sql: Queries, businessId: BusinessId): Promise<{ ever: number; acting: number }> {
  const [row] = await sql<[{ ever: number; acting: number }]>`
    select count(*)::integer as ever, count(*) filter (where ended_at is null)::integer as acting
      from market.lab_buyers where lane = ${laneOf(businessId)} and business_id = ${businessId}`
  return row
}

export async function hasHadLabBuyer(sql: Queries, businessId: BusinessId, chatId: ChatId): Promise<boolean> {
  const rows = await sql`
    select from market.lab_buyers
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and chat_id = ${chatId} limit 1`
  return rows.length > 0
}

/** The test chats in which a shop has written and nobody has answered yet, of the businesses whose test chats answer. */
export function listUnansweredTestChats(sql: Queries): Promise<{ businessId: BusinessId; chatId: ChatId }[]> {
  return sql<{ businessId: BusinessId; chatId: ChatId }[]>`
    select c.business_id as "businessId", c.chat_id as "chatId"
      from market.businesses s
      join market.chats c on c.lane = market.lane_of(s.business_id) and c.business_id = s.business_id
     where s.test_chats_answer and c.fake and c.status = 'waiting_for_customer'
       and not exists (select from market.lab_buyers b
                        where b.lane = c.lane and b.business_id = c.business_id and b.chat_id = c.chat_id)`
}

/** The businesses in whose test chats the lab answers. */
export async function listAnsweringTestChats(sql: Queries): Promise<BusinessId[]> {
  const rows = await sql<{ businessId: BusinessId }[]>`
    select business_id as "businessId" from market.businesses where test_chats_answer`
  return rows.map(row => row.businessId)
}
