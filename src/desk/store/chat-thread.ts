import type { Sender } from '#contract'
import type { Queries } from '#database'
import { type ChatRowData, chatRow } from './chat-rows.ts'

type ChatFile = {
  position: number
  name: string
  /** A number: it comes as JSON. */
  sizeBytes: number
  state: 'waiting' | 'kept' | 'failed'
  mediaType: string | null
  why: string | null
}
export type ThreadMessage = {
  messageId: bigint
  createdAt: Date
  sender: Sender
  text: string | null
  files: ChatFile[]
}

export type ChatData = ChatRowData & {
  createdAt: Date
  readToMessageId: bigint
  lastMessageId: bigint | null
  /** The position of the last answer that has left or is to leave; 0 if there is none. */
  newestAnswer: bigint
  isDone: boolean
  draft: string | null
}

export async function findChat(
  sql: Queries,
  cabinetId: bigint,
  { chatId, accountId }: { chatId: bigint; accountId: string },
): Promise<ChatData | undefined> {
  const [row] = await sql<ChatData[]>`
    select ${chatRow(sql, accountId)}, c.created_at as "createdAt", c.read_to_message_id as "readToMessageId",
           c.last_message_id as "lastMessageId", coalesce(c.done_to_message_id >= c.last_message_id, false) as "isDone",
           coalesce((select max(a.position) from desk.answers a where a.cabinet_id = c.cabinet_id
             and a.chat_id = c.chat_id and a.state not in ('failed', 'cancelled')), 0) as "newestAnswer",
           (select d.text from desk.drafts d
             where d.cabinet_id = c.cabinet_id and d.chat_id = c.chat_id and d.account_id = ${accountId}) as draft
      from desk.chats c where c.cabinet_id = ${cabinetId} and c.chat_id = ${chatId}`
  return row
}

type PageOptions = { chatId: bigint; before?: bigint | undefined; after?: bigint | undefined; limit: number }

/** Messages by ascending id: the first ones after a message, else the last ones before one, else the last ones. */
export async function listMessages(
  sql: Queries,
  cabinetId: bigint,
  { chatId, before, after, limit }: PageOptions,
): Promise<ThreadMessage[]> {
  const range =
    after !== undefined
      ? sql`and m.message_id > ${after} order by m.message_id`
      : before !== undefined
        ? sql`and m.message_id < ${before} order by m.message_id desc`
        : sql`order by m.message_id desc`
  return sql<ThreadMessage[]>`
    with page as materialized (
      select m.message_id, m.created_at, m.sender, m.text from desk.messages m
       where m.cabinet_id = ${cabinetId} and m.chat_id = ${chatId} ${range} limit ${limit}
    )
    select p.message_id as "messageId", p.created_at as "createdAt", p.sender, p.text, coalesce(f.files, '[]') as files
      from page p left join lateral (
        select jsonb_agg(jsonb_build_object('position', f.position, 'name', f.name, 'sizeBytes', f.size_bytes,
                 'state', f.state, 'mediaType', f.media_type, 'why', f.why) order by f.position) as files
          from desk.files f
         where f.cabinet_id = ${cabinetId} and f.chat_id = ${chatId} and f.message_id = p.message_id
      ) f on true
     order by p.message_id`
}

export type KeptFile = { name: string; hash: Buffer; mediaType: string | null }

export async function findKeptFile(
  sql: Queries,
  cabinetId: bigint,
  { chatId, messageId, position }: { chatId: bigint; messageId: bigint; position: number },
): Promise<KeptFile | undefined> {
  const [file] = await sql<KeptFile[]>`
    select name, hash, media_type as "mediaType" from desk.files
     where cabinet_id = ${cabinetId} and chat_id = ${chatId} and message_id = ${messageId} and position = ${position}
       and state = 'kept'`
  return file
}
