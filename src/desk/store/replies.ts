import type { Queries, Sql } from '#database'

export type ReplyFields = { folder: string; title: string; text: string }
export type ReplyData = ReplyFields & { cabinetId: bigint; replyId: string; uses: number }

const columns = (sql: Queries) => sql`reply_id as "replyId", cabinet_id as "cabinetId", folder, title, text, uses`

/** Of one cabinet, or of all; by folder and title. */
export async function listReplies(sql: Queries, cabinetId?: bigint): Promise<ReplyData[]> {
  return sql<ReplyData[]>`
    select ${columns(sql)} from desk.canned_replies
     where ${cabinetId === undefined ? sql`true` : sql`cabinet_id = ${cabinetId}`}
     order by folder, title, reply_id`
}

/** Undefined if there is no such cabinet. */
export async function insertReply(
  sql: Queries,
  cabinetId: bigint,
  { replyId, folder, title, text }: ReplyFields & { replyId: string },
): Promise<ReplyData | undefined> {
  const [reply] = await sql<ReplyData[]>`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    select cabinet_id, ${replyId}, ${folder}, ${title}, ${text} from desk.cabinets where cabinet_id = ${cabinetId}
    returning ${columns(sql)}`
  return reply
}

export async function updateReply(
  sql: Queries,
  cabinetId: bigint,
  { replyId, folder, title, text }: ReplyFields & { replyId: string },
): Promise<ReplyData | undefined> {
  const [reply] = await sql<ReplyData[]>`
    update desk.canned_replies set folder = ${folder}, title = ${title}, text = ${text}
     where cabinet_id = ${cabinetId} and reply_id = ${replyId} returning ${columns(sql)}`
  return reply
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

/** Puts replies in one transaction; one of the same folder and title is replaced. How many were replaced. */
export function putReplies(
  sql: Sql,
  cabinetId: bigint,
  replies: readonly (ReplyFields & { replyId: string })[],
): Promise<number> {
  return sql.begin(async transaction => {
    let replaced = 0
    for (const reply of replies) {
      const { count } = await transaction`
        update desk.canned_replies set text = ${reply.text}
         where cabinet_id = ${cabinetId} and folder = ${reply.folder} and title = ${reply.title}`
      if (count > 0) replaced++
      else await insertReply(transaction, cabinetId, reply)
    }
    return replaced
  })
}
