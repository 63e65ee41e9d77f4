import type { Queries } from '#database'
import { type Hold, isHeld } from './leases.ts'

export type AnswerRow = {
  answerId: string
  chatId: bigint
  position: bigint
  accountId: string
  text: string | null
  fileName: string | null
  fileHash: Buffer | null
  fileSize: bigint | null
  state: string
  createdAt: Date
  leavesAt: Date
  sinceMessageId: bigint | null
  attempt: number
  sentAt: Date | null
  messageId: bigint | null
  why: string | null
  reason: string | null
  nextAt: Date | null
}

const columns = (sql: Queries) => sql`
  a.answer_id as "answerId", a.chat_id as "chatId", a.position, a.account_id as "accountId", a.text, a.file_name as "fileName",
  a.file_hash as "fileHash", a.file_size as "fileSize", a.state, a.created_at as "createdAt", a.leaves_at as "leavesAt",
  a.since_message_id as "sinceMessageId", a.attempt, a.sent_at as "sentAt", a.message_id as "messageId", a.why, a.reason,
  a.next_at as "nextAt"`

export async function findAnswer(sql: Queries, cabinetId: bigint, answerId: string): Promise<AnswerRow | undefined> {
  const [answer] = await sql<AnswerRow[]>`
    select ${columns(sql)} from desk.answers a where a.cabinet_id = ${cabinetId} and a.answer_id = ${answerId}::uuid`
  return answer
}

/** Neither confirmed nor put away, in their order. */
export function listUnconfirmed(sql: Queries, cabinetId: bigint, chatId: bigint): Promise<AnswerRow[]> {
  return sql<AnswerRow[]>`
    select ${columns(sql)} from desk.answers a
     where a.cabinet_id = ${cabinetId} and a.chat_id = ${chatId} and a.state not in ('confirmed', 'cancelled')
     order by a.position`
}

/** Of each chat the first answer that is to be sent, is being sent, or of which nobody can tell: it holds the others back. */
export function listHeads(sql: Queries, cabinetId: bigint): Promise<AnswerRow[]> {
  return sql<AnswerRow[]>`
    select distinct on (a.chat_id) ${columns(sql)} from desk.answers a
     where a.cabinet_id = ${cabinetId} and a.state in ('waiting', 'sending', 'unknown')
     order by a.chat_id, a.position`
}

/** Until the end of the transaction nobody else adds to the chat. False if there is no such chat. */
export async function lockChatOfAnswers(sql: Queries, cabinetId: bigint, chatId: bigint): Promise<boolean> {
  const rows = await sql`
    select from desk.chats where cabinet_id = ${cabinetId} and chat_id = ${chatId} for no key update`
  return rows.length > 0
}

type SeenOfChat = {
  chatId: bigint
  accountId: string
  seenMessageId: bigint
  /** The position of the newest answer that was seen; undefined: those of this account were. */
  seenAnswer: bigint | undefined
}
export type Unseen = { newMessages: number; newAnswers: number }

/** What came into the chat after what was seen: messages that are no such answers, and answers of the desk. */
export async function countUnseen(
  sql: Queries,
  cabinetId: bigint,
  { chatId, seenMessageId, seenAnswer, accountId }: SeenOfChat,
): Promise<Unseen> {
  // An answer that was not seen is counted as one, whether its message is here already or not.
  const isAnswer = seenAnswer === undefined ? sql`and a.account_id = ${accountId}` : sql``
  const isUnseen =
    seenAnswer === undefined
      ? sql`and a.account_id <> ${accountId} and a.state in ('waiting', 'sending', 'sent', 'unknown')`
      : sql`and a.position > ${seenAnswer} and a.state not in ('failed', 'cancelled')`
  const [row] = await sql<[Unseen]>`
    select (select count(*)::integer from desk.messages m
             where m.cabinet_id = ${cabinetId} and m.chat_id = ${chatId} and m.message_id > ${seenMessageId}
               and not exists (select from desk.answers a where a.cabinet_id = m.cabinet_id and a.chat_id = m.chat_id
                 and a.message_id = m.message_id ${isAnswer})) as "newMessages",
           (select count(*)::integer from desk.answers a
             where a.cabinet_id = ${cabinetId} and a.chat_id = ${chatId} ${isUnseen}) as "newAnswers"`
  return row
}

export type NewAnswer = {
  answerId: string
  chatId: bigint
  accountId: string
  content: { text: string } | { file: { name: string; hash: Buffer; sizeBytes: number } }
  print: string
  createdAt: Date
  leavesAt: Date
}

/** As the last one of its chat. */
export async function insertAnswer(sql: Queries, cabinetId: bigint, answer: NewAnswer): Promise<void> {
  const { answerId, chatId, accountId, content, print, createdAt, leavesAt } = answer
  const file = 'file' in content ? content.file : undefined
  await sql`
    insert into desk.answers
           (cabinet_id, answer_id, chat_id, position, account_id, text, file_name, file_hash, file_size, print, state,
            created_at, leaves_at)
    values (${cabinetId}, ${answerId}::uuid, ${chatId}, nextval('desk.ids'), ${accountId},
            ${'text' in content ? content.text : null}, ${file?.name ?? null}, ${file?.hash ?? null},
            ${file?.sizeBytes ?? null}, ${print}, 'waiting', ${createdAt}, ${leavesAt})`
}

export type Move = {
  answerId: string
  from: readonly string[]
  to: string
  why?: string | undefined
  reason?: string | undefined
  nextAt?: Date | undefined
}

/** An attempt begins: it has the next number. The history will be read from what was known at the first. */
export async function beginAttempt(sql: Queries, hold: Hold, { answerId, from, to }: Move) {
  const [begun] = await sql<Pick<AnswerRow, 'attempt' | 'sinceMessageId'>[]>`
    update desk.answers a
       set state = ${to}, attempt = a.attempt + 1, why = null, reason = null, next_at = null,
           since_message_id = coalesce(a.since_message_id, (
             select c.last_message_id from desk.chats c where c.cabinet_id = a.cabinet_id and c.chat_id = a.chat_id))
     where a.cabinet_id = ${hold.cabinetId} and a.answer_id = ${answerId}::uuid and a.state = any(${[...from]})
       and ${isHeld(sql, hold)}
    returning a.attempt, a.since_message_id as "sinceMessageId"`
  return begun
}

/** By the process that works the cabinet, after its attempt of this number. False if it is not so any more. */
export async function endAttempt(
  sql: Queries,
  hold: Hold,
  { answerId, from, to, why, reason, nextAt, attempt, sentAt }: Move & { attempt: number; sentAt?: Date | undefined },
): Promise<boolean> {
  const { count } = await sql`
    update desk.answers set state = ${to}, why = ${why ?? null}, reason = ${reason ?? null}, next_at = ${nextAt ?? null},
           sent_at = coalesce(${sentAt ?? null}, sent_at)
     where cabinet_id = ${hold.cabinetId} and answer_id = ${answerId}::uuid and state = any(${[...from]})
       and attempt = ${attempt} and ${isHeld(sql, hold)}`
  return count > 0
}

/** By a person. Undefined if it cannot be done in the state in which the answer is. */
export async function moveAnswer(
  sql: Queries,
  cabinetId: bigint,
  { answerId, from, to }: Move,
): Promise<AnswerRow | undefined> {
  const [moved] = await sql<AnswerRow[]>`
    update desk.answers a set state = ${to}, why = null, reason = null, next_at = null
     where a.cabinet_id = ${cabinetId} and a.answer_id = ${answerId}::uuid and a.state = any(${[...from]})
    returning ${columns(sql)}`
  return moved
}

type Seen = { chatId: bigint; messages: readonly { messageId: bigint; print: string }[] }

/** Which answers these messages of the shop are; undefined if the cabinet is not the owner's any more. */
export async function confirmAnswers(
  sql: Queries,
  hold: Hold,
  { chatId, messages }: Seen,
): Promise<string[] | undefined> {
  const [ids, prints] = [messages.map(({ messageId }) => messageId), messages.map(({ print }) => print)]
  const [row] = await sql<{ confirmed: string[] }[]>`
    select desk.confirm_answers(${hold.cabinetId}, ${chatId}, ${ids}::bigint[], ${prints}::text[]) as confirmed
     where ${isHeld(sql, hold)}`
  return row?.confirmed
}
