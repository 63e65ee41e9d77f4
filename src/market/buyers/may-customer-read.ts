import type { IncomingHttpHeaders } from 'node:http'
import type { Sql } from '#database'
import { bearerOf } from '#serving'
import type { ChatKey } from '../store/chat-key.ts'
import { findChat } from '../store/chats.ts'
import type { BuyerTokens } from './buyer-token.ts'

/** Whether the chat is of the customer whose token the request has; undefined if it has no customer's token. */
export async function mayCustomerRead(
  headers: IncomingHttpHeaders,
  { businessId, chatId }: ChatKey,
  { sql, buyerTokens }: { sql: Sql; buyerTokens: BuyerTokens },
): Promise<boolean | undefined> {
  const token = bearerOf(headers)
  const caller = token === undefined ? undefined : await buyerTokens.read(token)
  if (caller === undefined) return undefined
  const chat = await findChat(sql, businessId, chatId)
  return chat?.customerId === caller.customerId
}
