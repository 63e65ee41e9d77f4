import type { Queries } from '#database'
import type { Hold } from './leases.ts'

type FileAtMarket = { name: string; url: string; sizeBytes: number }

export type MirroredMessage = {
  messageId: bigint
  createdAt: Date
  sender: string
  text: string | null
  files: FileAtMarket[] | null
}

/** A message with its print, if it is one that an answer of ours could be. */
export type PrintedMessage = MirroredMessage & { print: string | null }

export function listMirroredMessages(sql: Queries, cabinetId: bigint, chatId: bigint): Promise<MirroredMessage[]> {
  return sql<MirroredMessage[]>`
    select message_id as "messageId", created_at as "createdAt", sender, text, files from desk.messages
     where cabinet_id = ${cabinetId} and chat_id = ${chatId} order by message_id`
}

export type Put = { added: bigint[]; confirmed: string[] }
type Page = { chatId: bigint; messages: readonly PrintedMessage[]; mark: object; now: Date }

/** Messages of one chat, none twice, and their mark. Undefined if the cabinet is not the owner's any more: nothing was put. */
export async function putPage(
  sql: Queries,
  { cabinetId, owner, epoch }: Hold,
  { chatId, messages, mark, now }: Page,
): Promise<Put | undefined> {
  const rows = messages.map(({ messageId, createdAt, sender, text, files, print }) => ({
    ...{ id: `${messageId}`, at: createdAt, sender, text },
    ...(files && { files }),
    ...(print !== null && { print }),
  }))
  const hasFiles = messages.some(({ files }) => files)
  const [put] = await sql<[Put | { added: null }]>`
    select added, confirmed
      from desk.put_messages(${cabinetId}, ${owner}::uuid, ${epoch}, ${chatId}, ${JSON.stringify(mark)}::jsonb,
           ${now}::timestamptz, ${JSON.stringify(rows)}, ${hasFiles})`
  return put.added === null ? undefined : put
}
