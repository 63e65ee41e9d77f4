import type { AnswerRow } from '../store/answers.ts'

export type Plan = { next: 'send' | 'settle' } | { next: 'wait'; until: Date } | { next: 'nothing' }

/** What is to be done for the first answer of a chat, if nothing is under way for it. */
export function planFor(
  { state, leavesAt, nextAt }: Pick<AnswerRow, 'state' | 'leavesAt' | 'nextAt'>,
  now: Date,
): Plan {
  if (state === 'unknown') return { next: 'nothing' }
  const until = state === 'waiting' && (nextAt === null || leavesAt > nextAt) ? leavesAt : nextAt
  if (until !== null && until > now) return { next: 'wait', until }
  // Nobody works at it: its process has died, or could not ask.
  return { next: state === 'sending' ? 'settle' : 'send' }
}
