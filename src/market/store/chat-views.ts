import type { BusinessId, ChatId, ChatStatus, ChatType, Inside, Sender } from '#contract'
import type { Queries } from '#database'
import { type ChatPosition, type ChatRow, chatColumns } from './chats.ts'
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

export type AdminChatFilter = {
  statuses?: readonly Inside<ChatStatus>[] | undefined
  types?: readonly Inside<ChatType>[] | undefined
  fake?: boolean | undefined
  /** The chat, or the order or return that it is about. */
  number?: bigint | undefined
  /** How the customer's name begins, in any case. */
  name?: string | undefined
}

// How many chats are looked through for a page at the max: whoever looks for what is not there goes on page by page.
const maxLookedThrough = 20_000
const previewLength = 200

const lastMessage = (sql: Queries) => sql`
  left join lateral (
    select m.sender, m.kind, left(coalesce(m.body, m.file_name), ${previewLength}::integer) as text, m.created_at
      from market.messages m
     where m.lane = c.lane and m.business_id = c.business_id and m.chat_id = c.chat_id and m.message_id = c.last_message_id
  ) m on true`

const lastColumns = (sql: Queries) =>
  sql`m.sender as "lastSender", m.kind as "lastKind", m.text as "lastText", m.created_at as "lastAt"`

function matches(sql: Queries, { statuses, types, fake, number, name }: AdminChatFilter) {
  return sql`
    ${statuses ? sql`and c.status = any(${[...statuses]}::text[])` : sql``}
    ${types ? sql`and c.type = any(${[...types]}::text[])` : sql``}
    ${fake === undefined ? sql`` : sql`and c.fake = ${fake}`}
    ${number === undefined ? sql`` : sql`and (c.chat_id = ${number} or c.context_type in ('order', 'return') and c.context_id = ${number})`}
    ${name === undefined ? sql`` : sql`and starts_with(lower(u.name), lower(${name}))`}`
}

export type AdminChatsPage = { before: ChatPosition | undefined; limit: number }

/** Newest first; `end` is where the looking ended if it did so before the page was full. */
export async function listAdminChats(
  sql: Queries,
  businessId: BusinessId,
  filter: AdminChatFilter,
  { before, limit }: AdminChatsPage,
): Promise<{ rows: AdminChatRow[]; end: ChatPosition | undefined }> {
  const newest = sql`
    market.chats c
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId}
       ${before ? sql`and (c.updated_at, c.chat_id) < (${before.updatedAt}, ${before.chatId})` : sql``}
     order by c.updated_at desc, c.chat_id desc`
  // A number is found by its index, however old the chat is.
  const looked =
    filter.number === undefined ? sql`(select * from ${newest} limit ${maxLookedThrough})` : sql`market.chats`
  const rows = await sql<AdminChatRow[]>`
    select ${chatColumns(sql)}, ${lastColumns(sql)}
      from ${looked} c join market.customers u using (customer_id) ${lastMessage(sql)}
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} ${matches(sql, filter)}
     order by c.updated_at desc, c.chat_id desc
     limit ${limit}`
  if (rows.length === limit || filter.number !== undefined) return { rows, end: undefined }
  const [end] = await sql<ChatPosition[]>`
    select c.updated_at as "updatedAt", c.chat_id as "chatId" from ${newest} offset ${maxLookedThrough - 1} limit 1`
  return { rows, end }
}

export async function findAdminChat(
  sql: Queries,
  businessId: BusinessId,
  chatId: ChatId,
): Promise<AdminChatRow | undefined> {
  const [row] = await sql<AdminChatRow[]>`
    select ${chatColumns(sql)}, ${lastColumns(sql)}
      from market.chats c join market.customers u using (customer_id) ${lastMessage(sql)}
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.chat_id = ${chatId}`
  return row
}
