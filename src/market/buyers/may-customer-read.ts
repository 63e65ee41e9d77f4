import type { IncomingHttpHeaders } from 'node:http'
import type { Sql } from '#database'
import { bearerOf } from '#serving'
import type { ChatKey } from '../store/chat-key.ts'
import { findChat } from '../store/chats.ts'
import type { CustomerId } from '../store/customers.ts'
import type { BuyerTokens } from './buyer-token.ts'

/** The customer whose token the request has, and whether the chat is theirs; undefined if it has no customer's token. */
export async function mayCustomerRead(
  headers: IncomingHttpHeaders,
  { businessId, chatId }: ChatKey,
  { sql, buyerTokens }: { sql: Sql; buyerTokens: BuyerTokens },
): Promise<{ customerId: CustomerId; mayRead: boolean } | undefined> {
  const token = bearerOf(headers)
  const caller = token === undefined ? undefined : await buyerTokens.read(token)
  if (caller === undefined) return undefined
  const chat = await findChat(sql, businessId, chatId)
  const { customerId } = caller
  return { customerId, mayRead: chat?.customerId === customerId }
}
