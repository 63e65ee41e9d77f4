import { answerTimeoutMs, serializeJson } from '#contract'
import { systemClock } from '#kit'
import { forward } from '../../listen/forward.ts'
import { describeTrouble, judge } from '../../listen/judge.ts'
import type { Texts } from '../../texts/index.ts'

type Trouble = { told: string; isAway?: true }

/** Sends a program the PING that the market would send, and says what is wrong with its answer, if anything. */
export async function ping(
  to: URL,
  { doctor: texts, answer: words }: Texts,
  signal: AbortSignal,
): Promise<Trouble | undefined> {
  const body = Buffer.from(serializeJson({ notificationType: 'PING', time: systemClock.now().toISOString() }))
  const headers = { 'content-type': 'application/json' }
  const patience = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)])
  const answer = await forward(to, { method: 'POST', headers, body }, patience)
  signal.throwIfAborted()
  if (answer.kind === 'late') return { told: texts.noAnswer(answerTimeoutMs / 1000) }
  if (answer.kind === 'unreachable') return { told: texts.unreachable(describeTrouble(answer, words)), isAway: true }
  if (answer.status !== 200) return { told: texts.status(answer.status) }
  return judge(answer, words).outcome === 'delivered' ? undefined : { told: texts.badBody }
}
