import type { Queries } from '#database'
import { type Hold, isHeld } from './leases.ts'

export type FileKey = { chatId: bigint; messageId: bigint; position: number }
export type DueFile = FileKey & { name: string; url: string; sizeBytes: bigint; attempts: number }

/** Files that are to be fetched now, those that wait longest first, the newest messages' before others. */
export function listDueFiles(
  sql: Queries,
  cabinetId: bigint,
  { now, limit }: { now: Date; limit: number },
): Promise<DueFile[]> {
  return sql<DueFile[]>`
    select chat_id as "chatId", message_id as "messageId", position, name, url, size_bytes as "sizeBytes", attempts
      from desk.files where cabinet_id = ${cabinetId} and state = 'waiting' and next_at <= ${now}
     order by next_at, message_id desc limit ${limit}`
}

/** When the next one is due; undefined if none waits. */
export async function nextFileAt(sql: Queries, cabinetId: bigint): Promise<Date | undefined> {
  const [row] = await sql<[{ at: Date | null }]>`
    select min(next_at) as at from desk.files where cabinet_id = ${cabinetId} and state = 'waiting'`
  return row.at ?? undefined
}

type Settled =
  | { state: 'kept'; hash: string; mediaType: string }
  | { state: 'waiting' | 'failed'; why: string; nextAt: Date }

/** How fetching has ended. Who does not hold the cabinet any more changes nothing. */
export async function settleFile(sql: Queries, hold: Hold, key: FileKey, settled: Settled): Promise<void> {
  const isKept = settled.state === 'kept'
  await sql`
    update desk.files
       set state = ${settled.state}, hash = ${isKept ? Buffer.from(settled.hash, 'hex') : null},
           media_type = ${isKept ? settled.mediaType : null}, why = ${isKept ? null : settled.why}, attempts = attempts + 1,
           next_at = coalesce(${isKept ? null : settled.nextAt}, next_at)
     where cabinet_id = ${hold.cabinetId} and chat_id = ${key.chatId} and message_id = ${key.messageId}
       and position = ${key.position} and ${isHeld(sql, hold)}`
}

/** Which of these hashes a message, an answer or a canned reply of the cabinet names. */
export async function listHashesInUse(sql: Queries, cabinetId: bigint, hashes: readonly string[]): Promise<string[]> {
  const rows = await sql<{ hash: string }[]>`
    select wanted.hash from unnest(${[...hashes]}::text[]) as wanted (hash)
     where exists (select from desk.files f where f.cabinet_id = ${cabinetId} and f.hash = decode(wanted.hash, 'hex'))
        or exists (select from desk.answers a where a.cabinet_id = ${cabinetId} and a.file_hash = decode(wanted.hash, 'hex'))
        or exists (select from desk.reply_files r where r.cabinet_id = ${cabinetId} and r.hash = decode(wanted.hash, 'hex'))`
  return rows.map(({ hash }) => hash)
}
