import { BadRequest } from '../../errors.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { serializeNotes } from '../mirror/notes.ts'
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

  async function read(walk: plan.Walk): Promise<void> {
    try {
      const page = walk.kind === 'watch' ? await readWatchPage(mirror) : await readListPage(mirror, walk)
      state = plan.afterPage(state, walk, page, mirror.clock.now().getTime() + options.sweepEveryMs)
      // Two walks may end at once: the notes are written one after the other, so that the later ones stay.
      if (page.isLast) writing = writing.then(writeNotes)
      await writing
    } catch (error) {
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

  return {
    take(now) {
      state = plan.planWalks(state, options, now)
      // Pages of one walk come one after the other.
      const due = Object.values(state.walks)
        .filter(walk => walk !== undefined)
        .filter(({ kind }) => !underWay.has(kind))
      for (const { kind } of due) underWay.add(kind)
      return due.map(walk => () => read(walk))
    },
    nextDueAt: () => plan.nextWalkAt(state, options),
    sweepSoon(at) {
      state = { ...state, soonAt: Math.min(state.soonAt, at) }
    },
    isNew: () => state.isNew,
    isComplete: () => plan.isListed(state),
  }
}
