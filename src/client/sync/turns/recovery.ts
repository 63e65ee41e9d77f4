import { RateLimited } from '../../errors.ts'
import type { Ask, Asks } from '../mirror/asks.ts'
import { againIn, type Errand, type ErrandQueue } from '../mirror/errands.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { longestPauseMs, pauseMs } from '../mirror/pause-ms.ts'
import { callFailureOf } from './call-failure.ts'
import type { Pause } from './pause.ts'

const misfitPauseMaxMs = 10 * 60_000
/** A sync that is to end gives up after so many answers that could not be used. */
const misfitsMax = 4

type FailedReading = { queue: ErrandQueue; errand: Errand; error: unknown }

type FailedAsking = { queue: Asks; asks: Ask[]; error: unknown }

/** What follows the end of a job. A failure is repeated later, or thrown: then it ends the sync. */
export type Recovery = {
  onListed(): void
  /** The page is read again: if the market as a whole is away, after a pause of everything, else when its walk has rested. */
  onListingFailed(error: unknown): void
  onRead(): void
  /** The chat is read again later, alone; if the market as a whole is away, everything pauses. */
  onReadingFailed(failed: FailedReading): void
  /** What was asked for is asked for again later. */
  onAskingFailed(failed: FailedAsking): void
}

type Needs = { mirror: Mirror; pause: Pause; once: boolean }

export function makeRecovery({ mirror, pause, once }: Needs): Recovery {
  let listMisfits = 0
  const waitMs = (failures: number, isOutage: boolean) =>
    pauseMs(failures, isOutage ? longestPauseMs : misfitPauseMaxMs)
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
      if (failure.kind === 'outage') pause.begin()
      mirror.onProblem(failure.error)
    },
    onRead: () => pause.end(),
    onReadingFailed({ queue, errand, error }) {
      const failure = callFailureOf(error)
      const isMisfit = failure?.kind === 'misfit' || failure?.kind === 'refused'
      const misfits = errand.misfits + (isMisfit ? 1 : 0)
      if (!failure || isFinal(misfits)) throw error
      mirror.onProblem(failure.error, errand.chatId)
      if (failure.kind === 'gone') return mirror.roster.forget(errand.chatId)
      if (failure.kind === 'outage') pause.begin()
      const failures = errand.failures + 1
      const dueAt = mirror.clock.now().getTime() + waitMs(failures, failure.kind === 'outage')
      mirror.errands.add(againIn[queue], errand.chatId, { ...errand, failures, misfits, dueAt })
    },
    onAskingFailed({ queue, asks, error }) {
      const failure = callFailureOf(error)
      const isOutage = failure?.kind === 'outage'
      const worst = Math.max(...asks.map(({ failures }) => failures + 1))
      if (!failure || isFinal(isOutage ? 0 : worst)) throw error
      mirror.onProblem(failure.error, asks[0]?.chatId)
      // A limit that is reached for these is not reached for the others.
      if (isOutage && !(error instanceof RateLimited)) pause.begin()
      const now = mirror.clock.now().getTime()
      for (const ask of asks) {
        const failures = ask.failures + 1
        queue.add({ ...ask, failures, dueAt: now + waitMs(failures, isOutage) })
      }
    },
  }
}
