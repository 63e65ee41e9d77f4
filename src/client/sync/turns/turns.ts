import type { Listing } from '../list/listing.ts'
import type { Hints } from '../mirror/hints.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { type Progress, progressOf } from '../mirror/progress.ts'
import { makeAskTurns } from './ask-turns.ts'
import { type Jobs, makeJobs } from './jobs.ts'
import { makeListingTurns } from './listing-turns.ts'
import { onHint } from './on-hint.ts'
import { makePause } from './pause.ts'
import { makeReadingTurns } from './reading-turns.ts'
import { makeRecovery } from './recovery.ts'
import { makeWakeUp } from './wake-up.ts'

export type TurnOptions = {
  once: boolean
  /** Chats of each queue that are read at once. */
  parallel: number
  /** Aborted when the sync is to end, for whatever reason. */
  ending: AbortController
  hints?: Hints
  onProgress?: (progress: Progress) => void
}

/** Reads whatever is due until the sync is to end, then waits for what is under way. Rejects with the reason of the end. */
export async function runTurns(mirror: Mirror, listing: Listing, options: TurnOptions): Promise<void> {
  const { ending, hints, once } = options
  const { wake, wait } = makeWakeUp(mirror.clock)
  const jobs = makeJobs({ ending, onEnd: wake })
  const startDue = makeStarter({ mirror, listing, jobs, options })
  ending.signal.addEventListener('abort', wake)
  // A sync that is to end mirrors what the list shows: hints, true or forged, would only make it wait. They are kept for the next.
  const heard = once ? undefined : hints
  const stopListening = heard?.listen(hint => {
    onHint(mirror, hint)
    wake()
  })
  try {
    while (!ending.signal.aborted) {
      const dueAt = startDue()
      if (once && isDone(mirror, listing) && jobs.count() === 0) return requireAllRead(mirror)
      await wait(dueAt - mirror.clock.now().getTime())
    }
  } finally {
    stopListening?.()
    ending.signal.removeEventListener('abort', wake)
    await jobs.ended()
  }
  throw ending.signal.reason
}

/** Whatever the list has shown is mirrored. */
function isDone({ errands, asks }: Mirror, listing: Listing): boolean {
  return listing.isComplete() && errands.count() + asks.renewals.count() + asks.lookUps.count() === 0
}

/** A sync that is to end must not seem complete without the chats whose rows could not be read. */
function requireAllRead({ unreadable }: Mirror): void {
  for (const why of unreadable.values()) throw why
}

const errandQueues = ['news', 'hinted', 'backlog'] as const

type Needs = { mirror: Mirror; listing: Listing; jobs: Jobs; options: TurnOptions }

/** Begins what is due. Returns when there will be more to do, in ms of our clock, if nothing happens before. */
function makeStarter({ mirror, listing, jobs, options }: Needs): () => number {
  const pause = makePause(mirror.clock)
  const recovery = makeRecovery({ ...options, mirror, pause })
  const report = makeReport(mirror, listing, options)
  const startListing = makeListingTurns({ mirror, listing, jobs, recovery, report })
  const startAsking = makeAskTurns({ mirror, jobs, recovery, report })
  const startReading = makeReadingTurns({ mirror, jobs, recovery, report, parallel: options.parallel })
  return () => {
    const now = mirror.clock.now()
    if (now.getTime() < pause.until()) return pause.until()
    const dueAts = errandQueues.map(queue => startReading(queue, now))
    return Math.min(startListing(now), ...dueAts, startAsking(now.getTime()))
  }
}

function makeReport(mirror: Mirror, listing: Listing, { once, onProgress }: TurnOptions): () => void {
  const startedAt = mirror.clock.now()
  let isLive = false
  return () => {
    isLive ||= isDone(mirror, listing)
    const phase = !listing.isComplete() ? 'listing' : isLive && !once ? 'live' : 'reading'
    onProgress?.(progressOf(mirror, phase, startedAt))
  }
}
