import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from '../../src/database/connect.ts'
import type { DeskAnswer, Mirrored } from '../evidence/evidence.ts'
import { hashOf } from '../evidence/history.ts'
import type { Written } from './operators.ts'

export type DeskCabinet = { cabinetId: bigint; businessId: bigint; hasKeys: boolean }

/** What a desk has mirrored of a business. */
export async function readDeskMirror(sql: Sql, { cabinetId, businessId }: DeskCabinet): Promise<Mirrored> {
  const rows = await sql<{ chatId: bigint; messageId: bigint; text: string | null; isFile: boolean }[]>`
    select chat_id as "chatId", message_id as "messageId", text, files is not null as "isFile"
      from desk.messages where cabinet_id = ${cabinetId}`
  const messages = rows.map(({ text, ...row }) => ({ businessId, ...row, hash: hashOf(text ?? '') }))
  return { name: `the desk's mirror of business ${businessId}`, businessId, messages }
}

/** What became of the answers: of those that a desk has, and of those that it has said to have. */
export async function readDeskAnswers(
  sql: Sql,
  { cabinetId, businessId, hasKeys }: DeskCabinet,
  taken: readonly Written[],
): Promise<DeskAnswer[]> {
  const rows = await sql<{ answerId: string; chatId: bigint; text: string; state: string; why: string | null }[]>`
    select answer_id as "answerId", chat_id as "chatId", text, why,
           case state when 'cancelled' then 'unknown' else state end as state
      from desk.answers where cabinet_id = ${cabinetId}`
  const kept = new Set(rows.map(({ answerId }) => answerId))
  const lost = taken.filter(written => written.cabinetId === cabinetId && !kept.has(written.answerId))
  const all = [...rows, ...lost.map(written => ({ ...written, state: 'lost' }))]
  return all.map(({ chatId, text, state }) => ({ businessId, chatId, hash: hashOf(text), state, hasKeys }))
}

/** Asks again until it is so, or the patience is over: then what is wrong is for the checks to say. */
export async function comesTrue(isTrue: () => Promise<boolean>, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until && !(await isTrue().catch(() => false))) await wait(100)
}
