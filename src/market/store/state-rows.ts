import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import { type ChatRow, chatColumns } from './chats.ts'
import type { CustomerRow } from './customers.ts'
import { laneOf } from './lane.ts'
import type { MessageRow } from './messages.ts'
import { type ListedOrder, orderColumns, type ReturnRow } from './orders.ts'

/** What a state file tells of a business, all of it up to a bound; test orders and their chats are no part of it. */
export function listAllOrders(sql: Queries, businessId: BusinessId, limit: number): Promise<ListedOrder[]> {
  return sql<ListedOrder[]>`
    select ${orderColumns(sql)}, u.public_id as "customerPublicId"
      from market.orders o join market.customers u using (customer_id)
     where o.lane = ${laneOf(businessId)} and o.business_id = ${businessId} and not o.fake
     order by o.order_id limit ${limit}`
}

export function listAllReturns(sql: Queries, businessId: BusinessId): Promise<ReturnRow[]> {
  return sql<ReturnRow[]>`
    select return_id as "returnId", order_id as "orderId" from market.returns
     where lane = ${laneOf(businessId)} and business_id = ${businessId} order by return_id`
}

export function listAllChats(sql: Queries, businessId: BusinessId, limit: number): Promise<ChatRow[]> {
  return sql<ChatRow[]>`
    select ${chatColumns(sql)}
      from market.chats c join market.customers u using (customer_id)
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and not c.fake
     order by c.chat_id limit ${limit}`
}

export type ChatMessageRow = MessageRow & { chatId: bigint }

export function listAllMessages(sql: Queries, businessId: BusinessId, limit: number): Promise<ChatMessageRow[]> {
  return sql<ChatMessageRow[]>`
    select chat_id as "chatId", message_id as "messageId", created_at as "createdAt", sender, kind, body, file_name as "fileName",
           file_size as "fileSize", file_hash as "fileHash", file_type as "fileType"
      from market.messages
     where lane = ${laneOf(businessId)} and business_id = ${businessId}
     order by chat_id, message_id limit ${limit}`
}

export function listSubscribers(sql: Queries, businessId: BusinessId): Promise<CustomerRow[]> {
  return sql<CustomerRow[]>`
    select u.customer_id as "customerId", u.public_id as "publicId", u.name
      from market.customer_subscriptions s join market.customers u using (customer_id)
     where s.business_id = ${businessId} order by u.customer_id`
}

export function listCustomersNamed(sql: Queries, publicIds: readonly string[]): Promise<CustomerRow[]> {
  return sql<CustomerRow[]>`
    select customer_id as "customerId", public_id as "publicId", name from market.customers
     where public_id = any(${[...publicIds]}::text[]) order by customer_id`
}
