import { randomUUID } from 'node:crypto'
import type { RunningDesk } from '#desk'
import type { Sql } from '../../src/database/connect.ts'

type Place = { cabinetId: bigint; chatId: bigint }
type Words = { text: string; undoSeconds?: number; accountId?: string; answerId?: string; seenMessageId?: bigint }

/** Writes an answer as somebody at the desk. */
export function say({ desk }: Pick<RunningDesk, 'desk'>, place: Place, { text, ...more }: Words) {
  const answer = { answerId: randomUUID(), accountId: 'operator', undoSeconds: 0, ...more }
  return desk.answers.add({ ...place, ...answer, content: { text } })
}

/** The answers of a chat, in their order: `сколько? confirmed`. */
export async function readAnswers(sql: Sql, { cabinetId, chatId }: Place): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select coalesce(text, file_name) || ' ' || state as line from desk.answers
     where cabinet_id = ${cabinetId} and chat_id = ${chatId} order by position`
  return rows.map(({ line }) => line)
}

export async function readWhy(sql: Sql, { cabinetId, chatId }: Place) {
  const [row] = await sql<
    { state: string; why: string | null; reason: string | null; nextAt: Date | null; attempt: number }[]
  >`
    select state, why, reason, next_at as "nextAt", attempt from desk.answers
     where cabinet_id = ${cabinetId} and chat_id = ${chatId} order by position desc limit 1`
  return row
}
