import type { Errand, ErrandQueue } from '../mirror/errands.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { callFailureOf } from './call-failure.ts'
import { longestPauseMs, type Pause, pauseMs } from './pause.ts'

const misfitPauseMaxMs = 10 * 60_000
/** A sync that is to end gives up after so many answers that could not be used. */
const misfitsMax = 4

type FailedReading = { queue: ErrandQueue; errand: Errand; error: unknown }

/** What follows the end of a job. A failure is repeated later, or thrown: then it ends the sync. */
export type Recovery = {
  onListed(): void
  /** The page is read again after a pause. */
  onListingFailed(error: unknown): void
  onRead(): void
  /** The chat is read again later, alone; if the market as a whole is away, everything pauses. */
  onReadingFailed(failed: FailedReading): void
}

type Needs = {
  mirror: Mirror
  pause: Pause
  once: boolean
  onProblem?: ((problem: Error, chatId?: bigint) => void) | undefined
}

export function makeRecovery({ mirror, pause, once, onProblem }: Needs): Recovery {
  let listMisfits = 0
  const isFinal = (misfits: number) => mirror.signal.aborted || (once && misfits >= misfitsMax)
  return {
    onListed() {
      listMisfits = 0
      pause.end()
    },
    onListingFailed(error) {
      const failure = callFailureOf(error)
      if (failure?.kind !== 'outage') listMisfits++
      if (!failure || isFinal(failure.kind === 'outage' ? 0 : listMisfits)) throw error
      pause.begin()
      onProblem?.(failure.error)
    },
    onRead: () => pause.end(),
    onReadingFailed({ queue, errand, error }) {
      const failure = callFailureOf(error)
      const isMisfit = failure?.kind === 'misfit' || failure?.kind === 'refused'
      const misfits = errand.misfits + (isMisfit ? 1 : 0)
      if (!failure || isFinal(misfits)) throw error
      onProblem?.(failure.error, errand.chatId)
      if (failure.kind === 'gone') return mirror.roster.forget(errand.chatId)
      if (failure.kind === 'outage') pause.begin()
      const failures = errand.failures + 1
      const waitMs = pauseMs(failures, failure.kind === 'outage' ? longestPauseMs : misfitPauseMaxMs)
      const dueAt = mirror.clock.now().getTime() + waitMs
      mirror.errands.add(queue, errand.chatId, { ...errand, failures, misfits, dueAt })
    },
  }
}
