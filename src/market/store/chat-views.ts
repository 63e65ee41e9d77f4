import type { BusinessId, ChatId, Inside, Sender } from '#contract'
import type { Queries } from '#database'
import { type ChatRow, chatColumns } from './chats.ts'
import { laneOf } from './lane.ts'

/** The last message of a chat, as much of it as fits on a line. */
type LastMessage = {
  lastSender: Inside<Sender> | null
  lastKind: 'text' | 'file' | 'sticker' | null
  /** Of a file, its name. */
  lastText: string | null
  lastAt: Date | null
}

export type AdminChatRow = ChatRow & LastMessage

const previewLength = 200

/** Of market.chats c of a business. */
export const lastMessage = (sql: Queries, businessId: BusinessId) => sql`
  left join lateral (
    select m.sender, m.kind, left(coalesce(m.body, m.file_name), ${previewLength}::integer) as text, m.created_at
      from market.messages m
     where m.lane = ${laneOf(businessId)} and m.business_id = c.business_id and m.chat_id = c.chat_id and m.message_id = c.last_message_id
  ) m on true`

export const lastColumns = (sql: Queries) =>
  sql`m.sender as "lastSender", m.kind as "lastKind", m.text as "lastText", m.created_at as "lastAt"`

export async function findAdminChat(
  sql: Queries,
  businessId: BusinessId,
  chatId: ChatId,
): Promise<AdminChatRow | undefined> {
  const [row] = await sql<AdminChatRow[]>`
    select ${chatColumns(sql)}, ${lastColumns(sql)}
      from market.chats c join market.customers u using (customer_id) ${lastMessage(sql, businessId)}
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.chat_id = ${chatId}`
  return row
}
