import type { BusinessId, ChatId } from '#contract'
import type { Queries } from '#database'
import type { ChatPosition } from '../chats.ts'
import type { BatchLane } from '../layout.ts'

/** A page of a list; `chats` as the published API has them, joined by commas. */
export type ChatsPage = {
  chats: string
  count: number
  /** When the first one was updated; null if there is none. */
  firstAt: Date | null
  /** Where the page ends; null if it is not full. */
  lastAt: Date | null
  lastId: bigint | null
  hasMore: boolean
  /** What had been committed when it was read. */
  snapshot: string
}

export type ChatsAsked = { businessId: BusinessId; before: ChatPosition | undefined; limit: number }

/** A page of the newest chats for each of those who ask, in their order. */
export async function readChats(sql: Queries, asked: readonly ChatsAsked[], lane: BatchLane): Promise<ChatsPage[]> {
  const pages = await sql<(ChatsPage & Numbered)[]>`
    select item, chats, count, first_at as "firstAt", last_at as "lastAt", last_id as "lastId", has_more as "hasMore", snapshot
      from market.read_chats(${lane}::smallint, ${asked.map(one => one.businessId)}::bigint[],
        ${asked.map(one => one.before?.updatedAt.toISOString() ?? null)}::timestamptz[],
        ${asked.map(one => one.before?.chatId ?? null)}::bigint[], ${asked.map(one => one.limit)}::integer[])`
  return pages.sort(byItem)
}

/** Which of those who asked an answer is for. */
export type Numbered = { item: number }
export const byItem = (a: Numbered, b: Numbered) => a.item - b.item

export type ChatAsked = { businessId: BusinessId; chatId: ChatId }

/** For each of those who ask the JSON of the chat; null if there is no such chat. */
export function readChat(
  sql: Queries,
  asked: readonly ChatAsked[],
  lane: BatchLane,
): Promise<{ chat: string | null }[]> {
  return sql<{ chat: string | null }[]>`
    select chat from market.read_chat(${lane}::smallint, ${asked.map(one => one.businessId)}::bigint[],
      ${asked.map(one => one.chatId)}::bigint[])`
}
