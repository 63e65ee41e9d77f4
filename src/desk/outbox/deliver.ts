import { BadRequest, type MarketClient, NotFound, PrilavokError } from '#client'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { clientClockOf } from '../cabinets/client-clock.ts'
import { LostHold } from '../cabinets/lost-hold.ts'
import { type AnswerRow, beginAttempt, confirmAnswers, endAttempt, findAnswer } from '../store/answers.ts'
import type { Hold } from '../store/leases.ts'
import { readPrints } from './find-in-history.ts'
import type { OnOutboxMoment } from './moments.ts'
import { type Outcome, type Reason, waitAfter } from './outcome.ts'
import { type ReadFile, sendAnswer } from './send-answer.ts'
import { type Act, transitions } from './transitions.ts'

export type Delivering = {
  sql: Sql
  clock: Clock
  hold: Hold
  client: MarketClient
  readFile: ReadFile
  signal: AbortSignal
  onMoment: OnOutboxMoment
  /** The history is read again after each of these: a send whose answer is lost may still be under way. */
  settleWaitsMs: readonly number[]
  /** An error that says that the market could not be asked. */
  onProblem(error: Error): void
}

export const settleWaitsMs = [0, 500, 1_000, 2_000, 4_000, 8_000]

/** Sends an answer that waits. */
export async function sendWaiting(delivering: Delivering, answer: AnswerRow): Promise<void> {
  const { sql, hold, onMoment } = delivering
  const begun = await beginAttempt(sql, hold, { answerId: answer.answerId, ...transitions.begin })
  // Taken back in this moment, or not ours any more.
  if (!begun) return
  await onMoment('begun', answer.answerId)
  await attempt(delivering, { ...answer, ...begun })
}

async function attempt(delivering: Delivering, answer: AnswerRow): Promise<void> {
  const outcome = await sendAnswer(delivering, answer)
  await delivering.onMoment('answered', answer.answerId)
  if (outcome?.outcome === 'doubtful') return settle(delivering, answer, outcome.why)
  await write(delivering, answer, outcome)
  await delivering.onMoment('written', answer.answerId)
}

function write(
  delivering: Delivering,
  answer: AnswerRow,
  outcome: Exclude<Outcome, { outcome: 'doubtful' }> | undefined,
) {
  const now = delivering.clock.now()
  if (outcome === undefined) return end(delivering, answer, 'postpone')
  if (outcome.outcome === 'accepted') return end(delivering, answer, 'accept', { sentAt: now })
  const { why, reason } = outcome
  if (outcome.outcome === 'refused') return end(delivering, answer, 'refuse', { why, reason })
  const nextAt = outcome.until ?? new Date(now.getTime() + waitAfter(answer.attempt))
  return end(delivering, answer, 'postpone', { why, reason, nextAt })
}

type Facts = { why?: string; reason?: Reason; nextAt?: Date; sentAt?: Date }

/** It may have been confirmed meanwhile, since the mirror has seen its message: then nothing is changed. */
async function end(
  { sql, hold }: Delivering,
  { answerId, attempt }: AnswerRow,
  act: Act,
  facts: Facts = {},
): Promise<void> {
  await endAttempt(sql, hold, { answerId, attempt, ...transitions[act], ...facts })
}

/**
 * Finds out what became of an answer that may be written: by the history, which is read from before it was first sent. Where the
 * market honours keys it is sent again with the same one; elsewhere it is never sent again by itself. Whoever cannot be asked is
 * asked later.
 */
export async function settle(delivering: Delivering, answer: AnswerRow, doubt: string): Promise<void> {
  const { client, clock, signal } = delivering
  try {
    for (const waitMs of delivering.settleWaitsMs) {
      await clientClockOf(clock).wait(waitMs, signal)
      if (await isInHistory(delivering, answer)) return
      if (client.isKeyHonoured) return await attemptAgain(delivering, answer)
    }
    await end(delivering, answer, 'doubt', { why: doubt })
  } catch (error) {
    // It stays as it is, for whoever works the cabinet next.
    if (signal.aborted) return
    await writeUnsettled(delivering, answer, { doubt, error })
  }
}

/** Its message is there, or the mirror has seen it meanwhile. */
async function isInHistory({ sql, hold, client, signal }: Delivering, answer: AnswerRow): Promise<boolean> {
  const { chatId, answerId } = answer
  const messages = await readPrints(client, answer, signal)
  const confirmed = await confirmAnswers(sql, hold, { chatId, messages })
  if (confirmed === undefined) throw new LostHold(hold.cabinetId)
  const found = await findAnswer(sql, hold.cabinetId, answerId)
  return found?.state !== 'sending'
}

/**
 * The market does it once, however often it comes with its key: it is accepted or refused for certain, or asked for again later.
 * It is not taken for unsent meanwhile, since the first attempt may have been done.
 */
async function attemptAgain(delivering: Delivering, answer: AnswerRow): Promise<void> {
  const outcome = await sendAnswer(delivering, answer)
  if (outcome === undefined) return
  await delivering.onMoment('answered', answer.answerId)
  if (outcome.outcome === 'accepted' || outcome.outcome === 'refused') await write(delivering, answer, outcome)
  else await askLater(delivering, answer, outcome)
  await delivering.onMoment('written', answer.answerId)
}

/** Only a market that knows no such chat, or does not take the question, has no history to wait for. */
async function writeUnsettled(
  delivering: Delivering,
  answer: AnswerRow,
  { doubt, error }: { doubt: string; error: unknown },
): Promise<void> {
  if (!(error instanceof PrilavokError)) throw error
  delivering.onProblem(error)
  const isFinal = error instanceof NotFound || error instanceof BadRequest
  if (isFinal) return end(delivering, answer, 'doubt', { why: doubt })
  return askLater(delivering, answer, { why: doubt })
}

function askLater(
  delivering: Delivering,
  answer: AnswerRow,
  { why, until }: { why: string; until?: Date | undefined },
): Promise<void> {
  const nextAt = until ?? new Date(delivering.clock.now().getTime() + waitAfter(answer.attempt))
  return end(delivering, answer, 'askLater', { why, nextAt })
}
