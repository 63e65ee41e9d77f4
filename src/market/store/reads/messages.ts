import type { BusinessId, ChatId, MessageId, OrderId } from '#contract'
import type { Queries } from '#database'
import type { BatchLane } from '../layout.ts'
import { byItem, type Numbered } from './chats.ts'

export type HistoryAsked = { businessId: BusinessId; chatId: ChatId; from: bigint; limit: number }

export type HistoryPage = {
  orderId: OrderId | null
  /** The JSON of the chat's context; null if there is no such chat. */
  context: string | null
  /** As the published API has them, joined by commas. */
  messages: string
  /** The message after them. */
  nextId: MessageId | null
}

/** `files` is what the addresses of files begin with; all that is asked for is of one lane if it is said. */
type From = { files: string; lane: BatchLane }

/** A page of a chat's history for each of those who ask, in their order. */
export async function readHistory(
  sql: Queries,
  asked: readonly HistoryAsked[],
  { files, lane }: From,
): Promise<HistoryPage[]> {
  const pages = await sql<(HistoryPage & Numbered)[]>`
    select item, order_id as "orderId", context, messages, next_id as "nextId"
      from market.read_history(${lane}::smallint, ${files}, ${asked.map(one => one.businessId)}::bigint[],
        ${asked.map(one => one.chatId)}::bigint[], ${asked.map(one => one.from)}::bigint[],
        ${asked.map(one => one.limit)}::integer[])`
  return pages.sort(byItem)
}

export type MessageAsked = { businessId: BusinessId; chatId: ChatId; messageId: MessageId }
/** The JSON of a message; null if there is no such one. */
export type ReadMessage = { hasChat: boolean; message: string | null }

export function readMessage(
  sql: Queries,
  asked: readonly MessageAsked[],
  { files, lane }: From,
): Promise<ReadMessage[]> {
  return sql<ReadMessage[]>`
    select has_chat as "hasChat", message from market.read_message(${lane}::smallint, ${files},
      ${asked.map(one => one.businessId)}::bigint[], ${asked.map(one => one.chatId)}::bigint[],
      ${asked.map(one => one.messageId)}::bigint[])`
}
