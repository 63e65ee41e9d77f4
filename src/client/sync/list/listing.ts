import { BadRequest } from '../../errors.ts'
import { makeAllowance } from '../mirror/allowance.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { serializeNotes } from '../mirror/notes.ts'
import { longestPauseMs, pauseMs } from '../mirror/pause-ms.ts'
import * as plan from './listing-plan.ts'
import { readListPage, readWatchPage } from './read-list-page.ts'

/** Reads the list of chats: the whole of it at first and once a day, its top in between. */
export type Listing = {
  /** The pages to read now. */
  take(now: Date): (() => Promise<void>)[]
  nextDueAt(): number
  sweepSoon(at: number): void
  /** No page was read yet. */
  isNew(): boolean
  /** The whole list was walked through since the start, or need not be. */
  isComplete(): boolean
}

export function makeListing(mirror: Mirror, options: plan.ListingOptions): Listing {
  let state = plan.beginListing(mirror.notes, options)
  let written = ''
  let writing = Promise.resolve()
  const underWay = new Set<plan.WalkKind>()
  const allowance = makeAllowance()
  /** Walks with a page that failed: how often, and until when they rest. A walk may begin again at the same page for ever. */
  const rests = new Map<plan.WalkKind, { failures: number; until: number }>()
  const restOf = (kind: plan.WalkKind) => rests.get(kind) ?? { failures: 0, until: 0 }

  async function read(walk: plan.Walk): Promise<void> {
    try {
      const page = walk.kind === 'watch' ? await readWatchPage(mirror) : await readListPage(mirror, walk)
      if (page.isNews) allowance.giveBack()
      state = plan.afterPage(state, walk, page, mirror.clock.now().getTime() + options.sweepEveryMs)
      // Two walks may end at once: the notes are written one after the other, so that the later ones stay.
      if (page.isLast) rests.delete(walk.kind)
      if (page.isLast) writing = writing.then(writeNotes)
      await writing
    } catch (error) {
      const failures = restOf(walk.kind).failures + 1
      rests.set(walk.kind, { failures, until: mirror.clock.now().getTime() + pauseMs(failures, longestPauseMs) })
      if (error instanceof BadRequest) state = plan.beginAgain(state, walk)
      throw error
    } finally {
      underWay.delete(walk.kind)
    }
  }

  async function writeNotes(): Promise<void> {
    mirror.notes.sweptTo = state.sweptTo
    mirror.notes.wholeAt = state.wholeAt
    const text = serializeNotes(mirror.notes)
    if (text !== written) await mirror.store.writeNotes(text)
    written = text
  }

  /** Walks that are under way, and no page of which is being read. */
  function waiting(): plan.Walk[] {
    return Object.values(state.walks)
      .filter(walk => walk !== undefined)
      .filter(({ kind }) => !underWay.has(kind))
  }

  return {
    take(now) {
      state = plan.planWalks(state, options, now)
      // Pages of one walk come one after the other.
      const due = waiting().filter(({ kind }) => restOf(kind).until <= now.getTime())
      for (const { kind } of due) underWay.add(kind)
      return due.map(walk => () => read(walk))
    },
    nextDueAt: () => Math.min(plan.nextWalkAt(state, options), ...waiting().map(({ kind }) => restOf(kind).until)),
    sweepSoon(at) {
      // Each sweep that a notification asks for is paid for once, however many ask for it.
      const soonAt = Math.max(at, allowance.dueAt())
      if (state.soonAt === Number.POSITIVE_INFINITY) allowance.spend(mirror.clock.now().getTime())
      state = { ...state, soonAt: Math.min(state.soonAt, soonAt) }
    },
    isNew: () => state.isNew,
    isComplete: () => plan.isListed(state),
  }
}
