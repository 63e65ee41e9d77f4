import type { Errand, Lane } from '../mirror/errands.ts'
import { judge } from './judge.ts'
import { longestPauseMs, pauseMs } from './pause.ts'
import type { Turns } from './turns.ts'

const misfitPauseMostMs = 10 * 60_000
/** Whoever waits for an end is told what could not be read so many times. */
const misfitsMost = 4

/** A step through the list has failed: it is taken again after a pause, or its error is thrown and ends the sync. */
export function recoverListing(turns: Turns, error: unknown): void {
  const verdict = judge(error)
  const misfits = verdict === 'outage' ? 0 : turns.listing.countMisfit()
  if (turns.ending.signal.aborted || verdict === 'end' || (turns.once && misfits >= misfitsMost)) throw error
  turns.pause.begin()
  turns.onProblem?.(error as Error) // what does not end the sync is of our own classes
}

type Failed = { lane: Lane; errand: Errand; error: unknown }

/** The same for the reading of a chat. It is put off alone, unless the market as a whole is away. */
export function recoverReading(turns: Turns, { lane, errand, error }: Failed): void {
  const { mirror, pause } = turns
  const verdict = judge(error)
  const misfits = errand.misfits + (verdict === 'misfit' || verdict === 'refused' ? 1 : 0)
  if (turns.ending.signal.aborted || verdict === 'end' || (turns.once && misfits >= misfitsMost)) throw error
  turns.onProblem?.(error as Error, errand.chatId) // what does not end the sync is of our own classes
  if (verdict === 'gone') mirror.roster.forget(errand.chatId)
  if (verdict === 'gone') return
  if (verdict === 'outage') pause.begin()
  const failures = errand.failures + 1
  const mostMs = verdict === 'outage' ? longestPauseMs : misfitPauseMostMs
  const dueAt = mirror.clock.now().getTime() + pauseMs(failures, mostMs)
  mirror.errands.add(lane, errand.chatId, { ...errand, failures, misfits, dueAt })
}
