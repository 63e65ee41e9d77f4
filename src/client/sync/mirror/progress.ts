import { operations } from '#contract'
import type { Mirror } from './mirror.ts'

/** How far a sync or a verification is. */
export type Progress = {
  phase: 'listing' | 'reading' | 'live' | 'verifying'
  /** Known chats whose messages were all read. */
  chatsDone: number
  chatsKnown: number
  /** New ones, since the start. */
  messages: number
  /** Of the API, since the start. */
  calls: number
  /** When everything known will have been read, at this speed and within the published limits. Only while reading. */
  endsAt?: Date
}

const hourMs = 60 * 60 * 1000

export function progressOf(mirror: Mirror, phase: 'listing' | 'reading' | 'live', startedAt: Date): Progress {
  const { roster, errands, tally } = mirror
  const left = errands.countChats()
  const chatsKnown = roster.size()
  const counts = { chatsDone: Math.max(chatsKnown - left, 0), chatsKnown, messages: tally.messages, calls: tally.calls }
  if (phase !== 'reading') return { phase, ...counts }
  const done = { calls: tally.calls, historyCalls: tally.historyCalls, chats: tally.chatsRead, startedAt }
  const endsAt = estimateEnd(left, done, mirror.clock.now())
  return { phase, ...counts, ...(endsAt && { endsAt }) }
}

type Done = { calls: number; historyCalls: number; chats: number; startedAt: Date }

/** Estimates with the speed so far, but within the hourly limit. Undefined before the first chat was read. */
export function estimateEnd(
  chatsLeft: number,
  { calls, historyCalls, chats, startedAt }: Done,
  now: Date,
): Date | undefined {
  if (chats === 0) return undefined
  const elapsedMs = now.getTime() - startedAt.getTime()
  const callsLeft = chatsLeft * (historyCalls / chats)
  if (callsLeft === 0) return now
  const hours = Math.floor((historyCalls + callsLeft - 1) / operations.getChatHistory.perHour)
  return new Date(now.getTime() + Math.max((callsLeft * elapsedMs) / calls, hours * hourMs - elapsedMs))
}
