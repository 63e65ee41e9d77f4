import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import type { ChatKey } from '../chat-key.ts'
import { type ChatPosition, type ChatRow, chatColumns } from '../chats.ts'
import type { CustomerId } from '../customers.ts'
import { laneOf } from '../lane.ts'
import { type Layout, ofEachShard } from '../layout.ts'

export type CustomerPage = { before: (ChatPosition & { businessId: bigint }) | undefined; limit: number }

/** The customer's chats in these businesses, newest first: a page of each at the most, merged. */
export async function listCustomerChats(
  { sql, layout }: Needs,
  customerId: CustomerId,
  businessIds: readonly BusinessId[],
  { before, limit }: CustomerPage,
): Promise<ChatRow[]> {
  const isBefore = before
    ? sql`
         and c.updated_at <= ${before.updatedAt}
         and (c.updated_at, c.business_id, c.chat_id) < (${before.updatedAt}, ${before.businessId}, ${before.chatId})`
    : sql``
  const rows = await ofEachShard(
    layout,
    businessIds,
    (ids, isHere) => sql<ChatRow[]>`
      select ${chatColumns(sql)}
        from unnest(${ids.map(id => laneOf(id))}::smallint[], ${ids}::bigint[]) as b(lane, business_id), lateral (
          select * from market.chats c
           where c.lane = b.lane and c.business_id = b.business_id and c.customer_id = ${customerId}
             and ${isHere(sql, 'c')} ${isBefore}
           order by c.updated_at desc, c.chat_id desc limit ${limit}) c
        join market.customers u using (customer_id)
       order by c.updated_at desc, c.business_id desc, c.chat_id desc
       limit ${limit}`,
  )
  return rows.sort((a, b) => compareBy(b, a, b.updatedAt.getTime() - a.updatedAt.getTime())).slice(0, limit)
}

type Needs = { sql: Queries; layout: Layout }

/** Below zero if `a` comes first: by their times, then by business and chat. */
function compareBy(a: ChatKey, b: ChatKey, times: number): number {
  if (times !== 0) return times
  if (a.businessId !== b.businessId) return a.businessId < b.businessId ? -1 : 1
  return a.chatId < b.chatId ? -1 : a.chatId > b.chatId ? 1 : 0
}

export type ChangedChat = ChatKey & { changedAt: Date }
export type ChangedPage = { since: Date; after: ChangedChat | undefined; limit: number }

/**
 * The customer's chats in these businesses in which something happened since, the latest last. A chat that changes while they
 * are read page by page moves on towards the end: it may come twice, and is never left out.
 */
export async function listChatsChangedSince(
  { sql, layout }: Needs,
  customerId: CustomerId,
  businessIds: readonly BusinessId[],
  { since, after, limit }: ChangedPage,
): Promise<ChangedChat[]> {
  const rows = await ofEachShard(
    layout,
    businessIds,
    (ids, isHere) => sql<ChangedChat[]>`
      select c.business_id as "businessId", c.chat_id as "chatId", c.changed_at as "changedAt"
        from unnest(${ids.map(id => laneOf(id))}::smallint[], ${ids}::bigint[]) as b(lane, business_id)
        join market.chats c on c.lane = b.lane and c.business_id = b.business_id
       where c.customer_id = ${customerId} and c.changed_at >= ${since} and ${isHere(sql, 'c')}
         ${after ? sql`and (c.changed_at, c.business_id, c.chat_id) > (${after.changedAt}, ${after.businessId}, ${after.chatId})` : sql``}
       order by c.changed_at, c.business_id, c.chat_id
       limit ${limit}`,
  )
  return rows.sort((a, b) => compareBy(a, b, a.changedAt.getTime() - b.changedAt.getTime())).slice(0, limit)
}

export type CustomerWithChats = { customerId: CustomerId; publicId: string; name: string; chats: number }
type CustomersPage = { before: bigint; limit: number }

const maxChatsCounted = 1000

/** The customers who have chats with the business, the latest first. Each step of the recursion is one look into the index. */
export function listCustomersWithChats(
  sql: Queries,
  businessId: BusinessId,
  { before, limit }: CustomersPage,
): Promise<CustomerWithChats[]> {
  const next = (below: unknown) => sql`
    (select c.customer_id from market.chats c
      where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.customer_id < ${below}
      order by c.customer_id desc limit 1)`
  return sql<CustomerWithChats[]>`
    with recursive known(id) as (
      select ${next(before)} as id
      union all
      select ${next(sql`known.id`)} from known where known.id is not null
    ), page as (select id from known limit ${limit})
    select u.customer_id as "customerId", u.public_id as "publicId", u.name,
           (select count(*)::integer from (
              select from market.chats c
               where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.customer_id = u.customer_id
               limit ${maxChatsCounted}) counted) as chats
      from page join market.customers u on u.customer_id = page.id
     order by u.customer_id desc`
}
