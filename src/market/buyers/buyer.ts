import type { IncomingMessage } from 'node:http'
import { type BusinessId, type ChatId, idOf, type Operation, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import { noSuchChat } from '../own-apis/post-to-chat.ts'
import { MessageView } from '../own-apis/views.ts'
import type { ChatKey } from '../store/chat-key.ts'
import { type ChatRow, findChat } from '../store/chats.ts'
import type { CustomerId } from '../store/customers.ts'
import type { Grant } from '../tokens/revocations.ts'

/** Who calls the buyer API: one customer, through the storefront. */
export type Buyer = { customerId: CustomerId; grant: Grant; raw: IncomingMessage }

export function buyerEndpoint<const O extends Operation, Needs>(
  operation: O,
  handle: Parameters<typeof defineEndpoint<O, Needs, Buyer>>[1],
) {
  return defineEndpoint<O, Needs, Buyer>(operation, handle)
}

export const businessId = idOf<BusinessId>('The business.')
export const chatId = idOf<ChatId>('The chat.')
export const OfChat = Type.Object({ businessId, chatId })
export const OneMessage = Type.Object({ message: MessageView })
export const usual = [400, 401, 429, 500, 503] as const

/** The chat. Throws a 404 if it is not there, or is another customer's. */
export async function requireChat(sql: Sql, { businessId, chatId }: ChatKey, customerId: CustomerId): Promise<ChatRow> {
  const chat = await findChat(sql, businessId, chatId)
  if (chat?.customerId !== customerId) throw noSuchChat({ businessId, chatId })
  return chat
}
