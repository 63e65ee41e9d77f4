import type { ChatContextType, ChatStatus, ChatType, Sender } from '#contract'
import type { Queries } from '#database'

export type ViewName = 'waiting' | 'disputes' | 'buyer' | 'finished'

/** A chat as a list shows it, for one account. */
export type ChatRowData = {
  cabinetId: bigint
  chatId: bigint
  contextType: ChatContextType
  orderId: bigint | null
  returnId: bigint | null
  campaignId: bigint | null
  customerName: string | null
  type: ChatType
  status: ChatStatus
  view: ViewName
  lastAt: Date | null
  lastSender: Sender | null
  lastText: string | null
  lastFiles: number
  unread: number
  waitingSince: Date | null
  product: string | null
  hasDraft: boolean
  openAnswers: number
  troubled: boolean
  /** Where it stands in lists: by how long it waits, and by its newest message. PostgreSQL's texts, which keep microseconds. */
  longestKey: string
  newestKey: string
}

/** What a row of a list is made of; `c` is desk.chats. */
export function chatRow(sql: Queries, accountId: string) {
  return sql`
    c.cabinet_id as "cabinetId", c.chat_id as "chatId", c.context_type as "contextType", c.order_id as "orderId",
    c.return_id as "returnId", c.campaign_id as "campaignId", c.customer_name as "customerName", c.type, c.status, c.view,
    c.last_at as "lastAt", c.last_sender as "lastSender", c.last_text as "lastText", c.last_files as "lastFiles", c.unread,
    c.waiting_since as "waitingSince",
    (select o.fields -> 'items' -> 0 ->> 'name' from desk.orders o
      where o.cabinet_id = c.cabinet_id and o.order_id = c.order_id) as product,
    exists (select from desk.drafts d
      where d.cabinet_id = c.cabinet_id and d.chat_id = c.chat_id and d.account_id = ${accountId}) as "hasDraft",
    (select count(*) from desk.answers a where a.cabinet_id = c.cabinet_id and a.chat_id = c.chat_id
      and a.state in ('waiting', 'sending', 'sent', 'unknown'))::integer as "openAnswers",
    exists (select from desk.answers a where a.cabinet_id = c.cabinet_id and a.chat_id = c.chat_id
      and a.state in ('failed', 'unknown')) as troubled,
    coalesce(c.waiting_since, c.updated_at)::text as "longestKey", coalesce(c.last_at, c.updated_at)::text as "newestKey"`
}

/** Rows of the chats that are named, in no order; one that is not there is left out. */
export async function readChatRows(
  sql: Queries,
  accountId: string,
  chats: readonly { cabinetId: bigint; chatId: bigint }[],
): Promise<ChatRowData[]> {
  if (chats.length === 0) return []
  const [cabinetIds, chatIds] = [chats.map(chat => chat.cabinetId), chats.map(chat => chat.chatId)]
  return sql<ChatRowData[]>`
    select ${chatRow(sql, accountId)} from desk.chats c
     where (c.cabinet_id, c.chat_id) in (select * from unnest(${cabinetIds}::bigint[], ${chatIds}::bigint[]))`
}
