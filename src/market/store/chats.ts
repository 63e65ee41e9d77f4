import type {
  BusinessId,
  CampaignId,
  ChatContextType,
  ChatId,
  ChatStatus,
  ChatType,
  Inside,
  OrderId,
  ReturnId,
} from '#contract'
import type { Queries } from '#database'
import type { CustomerId } from './customers.ts'
import { laneOf } from './lane.ts'

export type ChatRow = {
  businessId: BusinessId
  chatId: ChatId
  contextType: Inside<ChatContextType>
  orderId: OrderId | null
  returnId: ReturnId | null
  campaignId: CampaignId | null
  customerId: CustomerId
  customerName: string
  customerPublicId: string
  fake: boolean
  type: Inside<ChatType>
  status: Inside<ChatStatus>
  createdAt: Date
  updatedAt: Date
  /** The transaction that changed it last: as long as it is the same, so is the chat. */
  changedIn: string
}

/** A chat's columns as a ChatRow has them, of market.chats c and its customer u. */
export const chatColumns = (sql: Queries) => sql`
  c.business_id as "businessId", c.chat_id as "chatId", c.context_type as "contextType", c.order_id as "orderId",
  c.return_id as "returnId", c.campaign_id as "campaignId", c.customer_id as "customerId", u.name as "customerName",
  u.public_id as "customerPublicId", c.fake, c.type, c.status, c.created_at as "createdAt", c.updated_at as "updatedAt",
  c.changed_in::text as "changedIn"`

export async function findChat(sql: Queries, businessId: BusinessId, chatId: ChatId): Promise<ChatRow | undefined> {
  const [row] = await sql<ChatRow[]>`
    select ${chatColumns(sql)}
      from market.chats c join market.customers u using (customer_id)
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.chat_id = ${chatId}`
  return row
}

export type ChatFilter = {
  contexts?: readonly { type: 'order' | 'return'; id: bigint }[] | undefined
  orderIds?: readonly bigint[] | undefined
  contextTypes?: readonly string[] | undefined
  types?: readonly string[] | undefined
  statuses?: readonly string[] | undefined
}

function matches(sql: Queries, { contexts, orderIds, contextTypes, types, statuses }: ChatFilter) {
  return sql`
    ${contexts ? sql`and (c.context_type, c.context_id) in (select * from unnest(${contexts.map(context => context.type)}::text[], ${contexts.map(context => context.id)}::bigint[]))` : sql``}
    ${orderIds ? sql`and c.order_id = any(${orderIds}::bigint[])` : sql``}
    ${contextTypes ? sql`and c.context_type = any(${[...contextTypes]}::text[])` : sql``}
    ${types ? sql`and c.type = any(${[...types]}::text[])` : sql``}
    ${statuses ? sql`and c.status = any(${[...statuses]}::text[])` : sql``}`
}

export type ChatPosition = { updatedAt: Date; chatId: bigint }
export type NewestPage = { before: ChatPosition | undefined; limit: number }

/** A page, newest first, with the snapshot the page was read in. */
export function listNewestChats(
  sql: Queries,
  businessId: BusinessId,
  filter: ChatFilter,
  { before, limit }: NewestPage,
): Promise<(ChatRow & { snapshot: string })[]> {
  return sql<(ChatRow & { snapshot: string })[]>`
    select ${chatColumns(sql)}, pg_current_snapshot()::text as snapshot
      from market.chats c join market.customers u using (customer_id)
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId}
       ${before ? sql`and (c.updated_at, c.chat_id) < (${before.updatedAt}, ${before.chatId})` : sql``}
       ${matches(sql, filter)}
     order by c.updated_at desc, c.chat_id desc
     limit ${limit}`
}

export type MovedPage = { snapshot: string; since: Date; after: bigint; limit: number }

/**
 * The chats that moved after a walk began, by id. `since` only narrows what is looked through; the snapshot decides.
 * Chats are found by id here, which never changes, so the walk over them ends and skips none.
 */
export function listMovedChats(
  sql: Queries,
  businessId: BusinessId,
  filter: ChatFilter,
  { snapshot, since, after, limit }: MovedPage,
): Promise<ChatRow[]> {
  return sql<ChatRow[]>`
    select ${chatColumns(sql)}
      from market.chats c join market.customers u using (customer_id)
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId}
       and c.updated_at >= ${since} and c.chat_id > ${after}
       and not pg_visible_in_snapshot(c.changed_in, ${snapshot}::pg_snapshot)
       ${matches(sql, filter)}
     order by c.chat_id
     limit ${limit}`
}

export type NewChat = {
  businessId: BusinessId
  contextType: Inside<ChatContextType>
  contextId: bigint
  orderId: OrderId | null
  returnId: ReturnId | null
  campaignId: CampaignId | null
  customerId: CustomerId
  fake: boolean
  now: Date
}

/** The chat of the context, made if there is none. Callers who race get the same one. */
export async function openChat(sql: Queries, chat: NewChat): Promise<{ chatId: ChatId; isNew: boolean }> {
  const [row] = await sql<[{ chatId: ChatId; isNew: boolean }]>`
    select chat_id as "chatId", is_new as "isNew" from market.open_chat(
      ${laneOf(chat.businessId)}::smallint, ${chat.now}::timestamptz, ${chat.businessId}::bigint, ${chat.contextType}::text,
      ${chat.contextId}::bigint, ${chat.orderId}::bigint, ${chat.returnId}::bigint, ${chat.campaignId}::bigint,
      ${chat.customerId}::bigint, ${chat.fake})`
  return row
}
