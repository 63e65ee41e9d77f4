import type { Queries } from '#database'

export type ReplyFields = { folder: string; title: string; text: string }
export type ReplyFileData = { fileId: string; name: string; sizeBytes: number; mediaType: string; hash: string }
export type ReplyData = ReplyFields & {
  cabinetId: bigint
  replyId: string
  uses: number
  version: number
  files: ReplyFileData[]
}

const columns = (sql: Queries) => sql`
  r.reply_id as "replyId", r.cabinet_id as "cabinetId", r.folder, r.title, r.text, r.uses, r.version,
  (select coalesce(jsonb_agg(jsonb_build_object('fileId', f.file_id, 'name', f.name, 'sizeBytes', f.size_bytes,
            'mediaType', f.media_type, 'hash', encode(f.hash, 'hex')) order by f.position), '[]')
     from desk.reply_files f where f.cabinet_id = r.cabinet_id and f.reply_id = r.reply_id) as files`

/** Of one cabinet, or of all; by folder and title. */
export async function listReplies(sql: Queries, cabinetId?: bigint): Promise<ReplyData[]> {
  return sql<ReplyData[]>`
    select ${columns(sql)} from desk.canned_replies r
     where ${cabinetId === undefined ? sql`true` : sql`r.cabinet_id = ${cabinetId}`}
     order by r.folder, r.title, r.reply_id`
}

export async function findReply(sql: Queries, cabinetId: bigint, replyId: string): Promise<ReplyData | undefined> {
  const [reply] = await sql<ReplyData[]>`
    select ${columns(sql)} from desk.canned_replies r where r.cabinet_id = ${cabinetId} and r.reply_id = ${replyId}`
  return reply
}

type Named = ReplyFields & { replyId: string }

/** False if there is no such cabinet. */
export async function insertReply(sql: Queries, cabinetId: bigint, reply: Named): Promise<boolean> {
  const { replyId, folder, title, text } = reply
  const { count } = await sql`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    select cabinet_id, ${replyId}, ${folder}, ${title}, ${text} from desk.cabinets where cabinet_id = ${cabinetId}`
  return count > 0
}

/** Where it is still of the version that was seen, if one is named. False if it is not, or there is no such reply. */
export async function updateReply(
  sql: Queries,
  cabinetId: bigint,
  { replyId, folder, title, text, version }: Named & { version?: number | undefined },
): Promise<boolean> {
  const { count } = await sql`
    update desk.canned_replies
       set folder = ${folder}, title = ${title}, text = ${text}, version = version + 1
     where cabinet_id = ${cabinetId} and reply_id = ${replyId}
       and ${version === undefined ? sql`true` : sql`version = ${version}`}`
  return count > 0
}

export async function deleteReply(sql: Queries, cabinetId: bigint, replyId: string): Promise<boolean> {
  const { count } = await sql`
    delete from desk.canned_replies where cabinet_id = ${cabinetId} and reply_id = ${replyId}`
  return count > 0
}

export async function countUse(
  sql: Queries,
  cabinetId: bigint,
  { replyId, now }: { replyId: string; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    update desk.canned_replies set uses = uses + 1, used_at = ${now}
     where cabinet_id = ${cabinetId} and reply_id = ${replyId}`
  return count > 0
}

/** Many at once: further ones, and other texts for some that are there. */
export async function putReplies(
  sql: Queries,
  cabinetId: bigint,
  { added, changed }: { added: readonly Named[]; changed: readonly Pick<Named, 'replyId' | 'text'>[] },
): Promise<void> {
  await sql`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    select ${cabinetId}, * from unnest(${added.map(one => one.replyId)}::uuid[], ${added.map(one => one.folder)}::text[],
                                       ${added.map(one => one.title)}::text[], ${added.map(one => one.text)}::text[])`
  await sql`
    update desk.canned_replies r set text = c.text, version = r.version + 1
      from unnest(${changed.map(one => one.replyId)}::uuid[], ${changed.map(one => one.text)}::text[]) as c (reply_id, text)
     where r.cabinet_id = ${cabinetId} and r.reply_id = c.reply_id`
}

/** Until the end of the transaction nobody else brings many replies into the cabinet. False if there is no such cabinet. */
export async function lockCabinetOfReplies(sql: Queries, cabinetId: bigint): Promise<boolean> {
  const rows = await sql`
    select pg_advisory_xact_lock(hashtextextended('desk.canned_replies', cabinet_id)) from desk.cabinets
     where cabinet_id = ${cabinetId}`
  return rows.length > 0
}
