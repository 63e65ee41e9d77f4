import type { Listing } from '../list/listing.ts'
import type { Errand, Lane } from '../mirror/errands.ts'
import type { Hints } from '../mirror/hints.ts'
import { type Mirror, planReading } from '../mirror/mirror.ts'
import { causeOf } from '../mirror/own-failure.ts'
import { type Progress, tellProgress } from '../mirror/progress.ts'
import { readChat } from '../read/read-chat.ts'
import { heedHint } from './on-hint.ts'
import { makePause, type Pause } from './pause.ts'
import { recoverListing, recoverReading } from './recover.ts'
import { type Bell, makeBell } from './wake-up.ts'

export type TurnOptions = {
  once: boolean
  parallel: number
  /** Aborted when the sync is to end, for whatever reason. */
  ending: AbortController
  hints?: Hints
  onProgress?: (progress: Progress) => void
  onProblem?: (problem: Error, chatId?: bigint) => void
}

/** What is under way, and who may begin. */
export type Turns = TurnOptions & {
  mirror: Mirror
  listing: Listing
  bell: Bell
  pause: Pause
  startedAt: Date
  underWay: Set<Promise<void>>
  reading: Record<Lane, number>
  /** What was left unread before us is planned. */
  isLoaded: boolean
  /** Everything was read once. */
  isLive: boolean
}

const lanes: readonly Lane[] = ['news', 'backlog']

/** Gives everything its turn until the sync is to end; then waits for what is under way. Rejects with why it ended. */
export async function runTurns(mirror: Mirror, listing: Listing, options: TurnOptions): Promise<void> {
  const { ending, hints } = options
  const bell = makeBell(mirror.clock)
  const turns = openTurns(mirror, listing, { ...options, bell })
  ending.signal.addEventListener('abort', bell.ring)
  const stopListening = hints?.listen(hint => {
    heedHint(mirror, hint)
    bell.ring()
  })
  try {
    while (!ending.signal.aborted) {
      const dueAt = startDue(turns)
      if (isFinished(turns)) return
      await bell.wait(dueAt - mirror.clock.now().getTime())
    }
  } finally {
    stopListening?.()
    ending.signal.removeEventListener('abort', bell.ring)
    await Promise.all(turns.underWay)
  }
  throw ending.signal.reason
}

function openTurns(mirror: Mirror, listing: Listing, options: TurnOptions & { bell: Bell }): Turns {
  const begun = { startedAt: mirror.clock.now(), pause: makePause(mirror.clock), underWay: new Set<Promise<void>>() }
  return { ...options, ...begun, mirror, listing, reading: { news: 0, backlog: 0 }, isLoaded: false, isLive: false }
}

/** Begins what is due. Returns when there will be more to do, if nothing happens before. */
function startDue(turns: Turns): number {
  const { mirror, listing, pause } = turns
  const now = mirror.clock.now()
  if (now.getTime() < pause.until()) return pause.until()
  for (const step of listing.take(now)) start(turns, () => list(turns, step))
  return Math.min(listing.nextDueAt(), ...lanes.map(lane => startReading(turns, lane, now.getTime())))
}

function startReading(turns: Turns, lane: Lane, now: number): number {
  const { errands } = turns.mirror
  while (turns.reading[lane] < turns.parallel) {
    const errand = errands.take(lane, now)
    if (!errand) return errands.nextDueAt(lane)
    start(turns, () => read(turns, lane, errand))
  }
  return Number.POSITIVE_INFINITY
}

/** What a job throws ends the sync. */
function start({ underWay, ending, bell }: Turns, job: () => Promise<void>): void {
  const done = job()
    .catch(error => ending.abort(causeOf(error)))
    .finally(() => {
      underWay.delete(done)
      bell.ring()
    })
  underWay.add(done)
}

async function list(turns: Turns, step: () => Promise<void>): Promise<void> {
  try {
    await step()
    turns.pause.end()
  } catch (error) {
    recoverListing(turns, error)
  }
  loadBacklog(turns)
  report(turns)
}

/** Only when the first page has told how late it is at the market. */
function loadBacklog(turns: Turns): void {
  const { mirror, listing } = turns
  if (turns.isLoaded || listing.isNew()) return
  turns.isLoaded = true
  const newestFirst = [...mirror.roster.all()].sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
  for (const { chatId } of newestFirst) planReading(mirror, 'backlog', chatId)
}

async function read(turns: Turns, lane: Lane, errand: Errand): Promise<void> {
  turns.reading[lane]++
  try {
    await readChat(turns.mirror, lane, errand)
    turns.pause.end()
  } catch (error) {
    recoverReading(turns, { lane, errand, error })
  } finally {
    turns.reading[lane]--
    turns.mirror.errands.done(errand.chatId)
  }
  report(turns)
}

function report(turns: Turns): void {
  const { mirror, listing, once, startedAt } = turns
  turns.isLive ||= listing.isComplete() && mirror.errands.count() === 0
  const phase = !listing.isComplete() ? 'listing' : turns.isLive && !once ? 'live' : 'reading'
  turns.onProgress?.(tellProgress(mirror, phase, startedAt))
}

function isFinished({ once, listing, mirror, underWay }: Turns): boolean {
  return once && listing.isComplete() && mirror.errands.count() === 0 && underWay.size === 0
}
