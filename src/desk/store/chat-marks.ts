import type { Queries, Sql } from '#database'

type OfMessage = { chatId: bigint; messageId: bigint }

/** Read up to a message by somebody at the desk. False if there is no such chat; an earlier message changes nothing. */
export function readTo(sql: Sql, cabinetId: bigint, { chatId, messageId }: OfMessage): Promise<boolean> {
  return sql.begin(async transaction => {
    // Whoever puts messages holds the same row: what is counted below is then all that is there.
    if (!(await lockChat(transaction, cabinetId, chatId))) return false
    await transaction`
      update desk.chats set read_to_message_id = ${messageId}
       where cabinet_id = ${cabinetId} and chat_id = ${chatId} and read_to_message_id < ${messageId}`
    await sumUp(transaction, cabinetId, chatId)
    return true
  })
}

/** Up to which message no answer is needed; null: an answer is needed. False if there is no such chat. */
export function setDone(
  sql: Sql,
  cabinetId: bigint,
  { chatId, messageId }: { chatId: bigint; messageId: bigint | null },
): Promise<boolean> {
  return sql.begin(async transaction => {
    if (!(await lockChat(transaction, cabinetId, chatId))) return false
    await transaction`
      update desk.chats set done_to_message_id = ${messageId} where cabinet_id = ${cabinetId} and chat_id = ${chatId}`
    await sumUp(transaction, cabinetId, chatId)
    return true
  })
}

/** What is computed from the messages and the marks is computed anew. */
async function sumUp(sql: Queries, cabinetId: bigint, chatId: bigint): Promise<void> {
  await sql`
    select desk.sum_up_chat(${cabinetId}, ${chatId})`
}

async function lockChat(sql: Queries, cabinetId: bigint, chatId: bigint): Promise<boolean> {
  const rows = await sql`
    select from desk.chats where cabinet_id = ${cabinetId} and chat_id = ${chatId} for update`
  return rows.length > 0
}
