import { type ClientClock, systemClock } from '../clock.ts'
import type { ChatsSource } from '../types.ts'
import { makeListing } from './list/listing.ts'
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
   * Told after it was put, and awaited; what it throws ends the sync. After a crash between the two a change was put but
   * not told: the store is exact, these calls are not.
   */
  onChange?: (change: Change) => unknown
  onProgress?: (progress: Progress) => void
  /** What went wrong and is tried again; with the chat, if it is about one. */
  onProblem?: (problem: Error, chatId?: bigint) => void
  /** Notifications, so that news is read within two seconds and not by the next sweep. */
  hints?: Hints
  signal?: AbortSignal
  /** How often the top of the list is read, in ms: 30 000. */
  sweepEveryMs?: number
  /** How often the whole list is read, in ms: a day. It finds statuses that changed without a message. */
  wholeEveryMs?: number
  /** Resolve when everything that stood at the start has been mirrored, instead of following what comes. */
  once?: boolean
  /** `now`: what stands is known, only later changes are mirrored and told. `all` (default): everything. */
  begin?: 'all' | 'now'
  /** Chats read at once, of news and of what stood before, each: 2. */
  parallel?: number
  clock?: ClientClock
}

/**
 * Mirrors all chats and messages of a business into a store, and then follows what comes. Loses and doubles nothing: it may
 * be ended at any point and goes on from what the store has.
 *
 * Never resolves unless `once`; rejects with the signal's reason when that is aborted, with Unauthorized or Forbidden,
 * and with whatever the store or `onChange` throws. When it settles it has left the store alone. Outages are waited out.
 * One store, one sync at a time.
 */
export async function syncChats(market: ChatsSource, store: ChatStore, options: SyncOptions = {}): Promise<void> {
  const { signal, once = false, parallel = 2, sweepEveryMs = 30_000, wholeEveryMs = 24 * 60 * 60 * 1000 } = options
  signal?.throwIfAborted()
  const ending = new AbortController()
  const end = () => ending.abort(signal?.reason)
  signal?.addEventListener('abort', end, { once: true })
  try {
    const notes = begin(readNotes(await store.readNotes()), options.begin ?? 'all')
    const mirror = await openMirror(market, store, { ...options, signal: ending.signal, notes })
    const isWatch = options.begin === 'now' && (notes.since !== undefined || notes.sweptTo === undefined)
    const listing = makeListing(mirror, { sweepEveryMs, wholeEveryMs, isOnce: once, isWatch })
    mirror.sweepSoon = inMs => listing.sweepSoon(mirror.clock.now().getTime() + inMs)
    await runTurns(mirror, listing, { ...options, once, parallel, ending })
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

/** A store that was only watched from a moment on has not what was before. */
function begin(notes: Notes, from: 'all' | 'now'): Notes {
  return from === 'all' && notes.since !== undefined ? {} : notes
}

type Opening = Pick<SyncOptions, 'onChange' | 'clock'> & { signal: AbortSignal; notes: Notes }

async function openMirror(market: ChatsSource, store: ChatStore, opening: Opening): Promise<Mirror> {
  const { onChange = () => {}, signal, notes } = opening
  const clock = makeSteadyClock(opening.clock ?? systemClock)
  return {
    ...{ market, clock, signal, notes, store: ownStore(store), onChange: own(onChange) },
    roster: await loadRoster(store),
    errands: makeErrands(),
    time: makeMarketTime(),
    tally: { calls: 0, messages: 0, chatsRead: 0, historyCalls: 0 },
    sweepSoon: () => {},
  }
}
