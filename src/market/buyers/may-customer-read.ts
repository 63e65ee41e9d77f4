import type { IncomingHttpHeaders } from 'node:http'
import type { BusinessId, ChatId } from '#contract'
import type { Sql } from '#database'
import { bearerOf } from '#serving'
import { findChat } from '../store/chats.ts'
import type { BuyerTokens } from './buyer-token.ts'

/** Whether the customer whose token a request has is the chat's; undefined if it has no such token. */
export async function mayCustomerRead(
  headers: IncomingHttpHeaders,
  { businessId, chatId }: { businessId: BusinessId; chatId: ChatId },
  { sql, buyerTokens }: { sql: Sql; buyerTokens: BuyerTokens },
): Promise<boolean | undefined> {
  const token = bearerOf(headers)
  const customerId = token === undefined ? undefined : await buyerTokens.read(token)
  if (customerId === undefined) return undefined
  const chat = await findChat(sql, businessId, chatId)
  return chat?.customerId === customerId
}
