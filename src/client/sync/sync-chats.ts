import { type ClientClock, systemClock } from '../clock.ts'
import type { ChatsSource } from '../types.ts'
import { makeListing } from './list/listing.ts'
import { makeAsks } from './mirror/asks.ts'
import type { ChatStore } from './mirror/chat-store.ts'
import { makeErrands } from './mirror/errands.ts'
import type { Hints } from './mirror/hints.ts'
import { makeMarketTime } from './mirror/market-time.ts'
import type { Change, Mirror } from './mirror/mirror.ts'
import { type Notes, readNotes } from './mirror/notes.ts'
import { own, ownStore } from './mirror/own-failure.ts'
import type { Progress } from './mirror/progress.ts'
import { loadRoster } from './mirror/roster.ts'
import { makeSteadyClock } from './mirror/steady-clock.ts'
import { runTurns } from './turns/turns.ts'

export type SyncOptions = {
  /**
   * Called after a change was put, and awaited; an error of it ends the sync. If the process ends between the two, the change
   * is in the store but this was not called for it.
   */
  onChange?: (change: Change) => unknown
  onProgress?: (progress: Progress) => void
  /**
   * Called with each error after which the sync tries again, and with the chat that it is about; with a QuotaWait when calls
   * have to wait for the end of the hour.
   */
  onProblem?: (problem: Error, chatId?: bigint) => void
  /** Notifications. With them news is read within two seconds, without them by the next sweep. Not heard with `once`. */
  hints?: Hints
  /** Whether news is read at once, and its chat again a second later. By default both in one call then. */
  promptly?: () => boolean
  signal?: AbortSignal
  /** How often the top of the list is read, in ms: 30 000. */
  sweepEveryMs?: number
  /** How often the whole list is read, in ms: a day. It finds chats that changed without a message. */
  wholeEveryMs?: number
  /** Resolve when everything that was there at the start was mirrored, instead of following what comes. */
  once?: boolean
  /** `now`: only later changes are mirrored and told. `all` (default): everything. */
  begin?: 'all' | 'now'
  /** How many chats with news are read at once, and how many older ones besides: 2 each. */
  parallel?: number
  clock?: ClientClock
}

/**
 * Mirrors all chats and messages of a business into a store, then follows what comes. No message is lost or doubled: a sync
 * that was interrupted at any point goes on from what the store has.
 *
 * Never resolves unless `once`; rejects with the signal's reason when that is aborted, with Unauthorized or Forbidden,
 * and with whatever the store or `onChange` throws. Once it has settled it no longer uses the store. It waits during outages.
 * Only one sync may use a store at a time.
 */
export async function syncChats(market: ChatsSource, store: ChatStore, options: SyncOptions = {}): Promise<void> {
  const { signal, once = false, parallel = 2, sweepEveryMs = 30_000, wholeEveryMs = 24 * 60 * 60 * 1000 } = options
  signal?.throwIfAborted()
  const ending = new AbortController()
  const end = () => ending.abort(signal?.reason)
  signal?.addEventListener('abort', end, { once: true })
  try {
    const notes = begin(readNotes(await store.readNotes()), options.begin ?? 'all')
    const mirror = await openMirror(market, store, { ...options, ending, notes })
    const isWatch = options.begin === 'now' && (notes.since !== undefined || notes.sweptTo === undefined)
    const listing = makeListing(mirror, { sweepEveryMs, wholeEveryMs, isOnce: once, isWatch })
    mirror.sweepSoon = inMs => listing.sweepSoon(mirror.clock.now().getTime() + inMs)
    await runTurns(mirror, listing, { ...options, once, parallel, ending })
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

/** A store that was only watched lacks what was before: then everything is read. */
function begin(notes: Notes, from: 'all' | 'now'): Notes {
  return from === 'all' && notes.since !== undefined ? {} : notes
}

type Opening = Pick<SyncOptions, 'onChange' | 'onProblem' | 'clock' | 'promptly'> & {
  ending: AbortController
  notes: Notes
}

async function openMirror(market: ChatsSource, store: ChatStore, opening: Opening): Promise<Mirror> {
  const { onChange = () => {}, promptly = () => false, ending, notes } = opening
  const onProblem = makeProblemReport(opening)
  const clock = makeSteadyClock(opening.clock ?? systemClock)
  return {
    ...{ market, clock, signal: ending.signal, notes, store: ownStore(store), onChange: own(onChange) },
    ...{ onProblem, promptly },
    onWait: makeWaitReport(onProblem),
    unreadable: new Map(),
    roster: await loadRoster(store),
    errands: makeErrands(),
    asks: { renewals: makeAsks(), lookUps: makeAsks(), messages: makeAsks() },
    time: makeMarketTime(),
    tally: { calls: 0, messages: 0, chatsRead: 0, historyCalls: 0 },
    sweepSoon: () => {},
  }
}

/** What the listener throws ends the sync. */
function makeProblemReport({ onProblem, ending }: Opening): Mirror['onProblem'] {
  return (problem, chatId) => {
    try {
      onProblem?.(problem, chatId)
    } catch (error) {
      ending.abort(error)
    }
  }
}

// The ends of one hour, as answers tell them, differ by seconds.
const sameHourMs = 60_000

/** Tells once an hour that calls of an operation wait, however many do. */
function makeWaitReport(onProblem: Mirror['onProblem']): Mirror['onWait'] {
  const told = new Map<string, number>()
  return wait => {
    const until = wait.until.getTime()
    if (until - (told.get(wait.operation) ?? 0) < sameHourMs) return
    told.set(wait.operation, until)
    onProblem(wait)
  }
}
