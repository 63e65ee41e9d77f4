import type { Sql } from '#database'
import { type AnswerState, answerStates, reasons } from '../../outbox/index.ts'
import { namesOf } from '../../store/accounts.ts'
import type { AnswerRow } from '../../store/answers.ts'
import type { Answer } from '../shapes/chat.ts'

/** Answers as the pages have them, with who wrote them. */
export async function answerViews(sql: Sql, rows: readonly AnswerRow[]): Promise<Answer[]> {
  const names = await namesOf(sql, [...new Set(rows.map(({ accountId }) => accountId))])
  return rows.map(row => view(row, names.get(row.accountId) ?? ''))
}

export async function answerView(sql: Sql, row: AnswerRow): Promise<Answer> {
  const names = await namesOf(sql, [row.accountId])
  return view(row, names.get(row.accountId) ?? '')
}

function view(
  {
    answerId,
    position,
    text,
    fileName,
    fileSize,
    createdAt,
    leavesAt,
    why,
    reason,
    nextAt,
    messageId,
    state,
  }: AnswerRow,
  by: string,
) {
  return {
    ...{ answerId, number: position, state: stateOf(state), by },
    ...{ createdAt: createdAt.toISOString(), leavesAt: leavesAt.toISOString() },
    ...(text !== null && { text }),
    ...(fileName !== null && { file: { name: fileName, sizeBytes: Number(fileSize ?? 0) } }),
    ...(why !== null && { why }),
    ...(reason !== null && { reason: reasonOf(reason) }),
    ...(nextAt !== null && state === 'waiting' && { nextAt: nextAt.toISOString() }),
    ...(messageId !== null && { messageId }),
  } satisfies Answer
}

const reasonOf = (kept: string) => reasons.find(each => each === kept) ?? 'refused'

function stateOf(kept: string): AnswerState {
  const state = answerStates.find(each => each === kept)
  if (state === undefined) throw new TypeError(`the database has an answer that is ${kept}`)
  return state
}
