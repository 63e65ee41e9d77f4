import type { Queries } from '#database'

/** An answer is a message for each of its files: more of them at once would be a flood. */
export const replyFilesMax = 10

export type NewReplyFile = { fileId: string; name: string; hash: Buffer; sizeBytes: number; mediaType: string }
export type OfReply = { cabinetId: bigint; replyId: string }

/** Until the end of the transaction nobody else changes it. False if there is no such reply. */
export async function lockReply(sql: Queries, { cabinetId, replyId }: OfReply): Promise<boolean> {
  const rows = await sql`
    select from desk.canned_replies where cabinet_id = ${cabinetId} and reply_id = ${replyId} for no key update`
  return rows.length > 0
}

/** Which files a reply has, in their order. */
export async function listReplyFiles(sql: Queries, { cabinetId, replyId }: OfReply): Promise<{ fileId: string }[]> {
  return sql<{ fileId: string }[]>`
    select file_id as "fileId" from desk.reply_files where cabinet_id = ${cabinetId} and reply_id = ${replyId}
     order by position`
}

/** As the last one. */
export async function insertReplyFile(
  sql: Queries,
  { cabinetId, replyId }: OfReply,
  file: NewReplyFile,
): Promise<void> {
  const { fileId, name, hash, sizeBytes, mediaType } = file
  await sql`
    insert into desk.reply_files (cabinet_id, reply_id, file_id, name, hash, size_bytes, media_type)
    values (${cabinetId}, ${replyId}, ${fileId}, ${name}, ${hash}, ${sizeBytes}, ${mediaType})`
}

export async function deleteReplyFile(sql: Queries, { cabinetId, replyId }: OfReply, fileId: string): Promise<boolean> {
  const { count } = await sql`
    delete from desk.reply_files where cabinet_id = ${cabinetId} and reply_id = ${replyId} and file_id = ${fileId}`
  return count > 0
}

export type KeptReplyFile = { name: string; hash: Buffer; mediaType: string }

export async function findReplyFile(
  sql: Queries,
  { cabinetId, replyId }: OfReply,
  fileId: string,
): Promise<KeptReplyFile | undefined> {
  const [file] = await sql<KeptReplyFile[]>`
    select name, hash, media_type as "mediaType" from desk.reply_files
     where cabinet_id = ${cabinetId} and reply_id = ${replyId} and file_id = ${fileId}`
  return file
}
