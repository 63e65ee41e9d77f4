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

/** Where a list of chats, newest first, goes on: after this one. */
export type ChatPosition = { updatedAt: Date; chatId: bigint }

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
