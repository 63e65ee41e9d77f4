import type { BusinessId, ChatId, Inside, MessageId, Sender } from '#contract'
import type { Queries } from '#database'
import { laneOf } from './lane.ts'
import type { BatchLane } from './layout.ts'

type MessageBase = { messageId: MessageId; createdAt: Date; sender: Inside<Sender> }

export type FileFacts = { fileName: string; fileSize: number; fileHash: string; fileType: string }

export type MessageRow = MessageBase & ({ kind: 'text' | 'sticker'; body: string } | ({ kind: 'file' } & FileFacts))

const columns = (sql: Queries) => sql`
  message_id as "messageId", created_at as "createdAt", sender, kind, body, file_name as "fileName", file_size as "fileSize",
  file_hash as "fileHash", file_type as "fileType"`

export type MessagesPage = { from: bigint; limit: number }

/** Messages from an id on, that id included, oldest first. */
export function listMessages(
  sql: Queries,
  businessId: BusinessId,
  chatId: ChatId,
  { from, limit }: MessagesPage,
): Promise<MessageRow[]> {
  return sql<MessageRow[]>`
    select ${columns(sql)} from market.messages
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and chat_id = ${chatId} and message_id >= ${from}
     order by message_id limit ${limit}`
}

/** The messages before an id, newest first. */
export function listMessagesBefore(
  sql: Queries,
  businessId: BusinessId,
  chatId: ChatId,
  { before, limit }: { before: bigint; limit: number },
): Promise<MessageRow[]> {
  return sql<MessageRow[]>`
    select ${columns(sql)} from market.messages
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and chat_id = ${chatId} and message_id < ${before}
     order by message_id desc limit ${limit}`
}

/**
 * The first message written since, if there is one. In a chat, times rise with ids: from the newest down to the first
 * that is older, so that what it costs is what is new.
 */
export async function findFirstMessageSince(
  sql: Queries,
  businessId: BusinessId,
  chatId: ChatId,
  since: Date,
): Promise<MessageId | undefined> {
  const ofChat = sql`lane = ${laneOf(businessId)} and business_id = ${businessId} and chat_id = ${chatId}`
  const [row] = await sql<{ messageId: MessageId }[]>`
    select message_id as "messageId" from market.messages
     where ${ofChat}
       and message_id > coalesce((select message_id from market.messages
                                   where ${ofChat} and created_at < ${since} order by message_id desc limit 1), 0)
     order by message_id limit 1`
  return row?.messageId
}

/** Of these hashes, those of files that a message of the business has. */
export async function listHashesInUse(
  sql: Queries,
  businessId: BusinessId,
  hashes: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ hash: string }[]>`
    select hash from unnest(${[...hashes]}::text[]) as h(hash)
     where exists (select from market.messages
                    where lane = ${laneOf(businessId)} and business_id = ${businessId} and file_hash is not null and file_hash = hash)`
  return rows.map(row => row.hash)
}

export async function findMessage(
  sql: Queries,
  businessId: BusinessId,
  chatId: ChatId,
  messageId: MessageId,
): Promise<MessageRow | undefined> {
  const [row] = await sql<MessageRow[]>`
    select ${columns(sql)} from market.messages
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and chat_id = ${chatId} and message_id = ${messageId}`
  return row
}

/** A post as market.post_messages reads it; ids in decimal, since JSON numbers end at 2^53. */
export type PostItem = {
  business: string
  chat: string
  /** Only if the chat is this customer's. */
  customer: string | null
  event: string
  sender: Inside<Sender> | null
  /** Null for an act without a message. */
  kind: 'text' | 'file' | 'sticker' | null
  text?: string
  name?: string
  size?: number
  hash?: string
  type?: string
  /** The lab speaks for the customer of a test chat. */
  lab?: true
  /** The hashes of an idempotency key and of its request, as PostgreSQL reads a bytea. */
  key?: string
  fingerprint?: string
}

export type Posted = {
  item: number
  outcome: 'done' | 'no_chat' | 'no_customer' | 'refused' | 'closed' | 'replayed' | 'key_reused'
  eventId: MessageId | null
  happenedAt: Date | null
  customerId: bigint | null
  chatType: string | null
  chatStatus: string | null
}

/** Writes a batch in one transaction; one outcome for each item, in their order. All of one lane if it is said. */
export function postMessages(
  sql: Queries,
  items: readonly PostItem[],
  now: Date,
  lane: BatchLane = null,
): Promise<Posted[]> {
  return sql<Posted[]>`
    select item, outcome, event_id as "eventId", happened_at as "happenedAt", customer_id as "customerId",
           chat_type as "chatType", chat_status as "chatStatus"
      from market.post_messages(${lane}::smallint, ${now}::timestamptz, ${JSON.stringify(items)}::text::json)`
}
