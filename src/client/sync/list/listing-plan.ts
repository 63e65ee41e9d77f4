import type { Urgency } from '../../types.ts'
import { secondOf } from '../mirror/market-time.ts'
import type { Notes } from '../mirror/notes.ts'

export type ListingOptions = { sweepEveryMs: number; wholeEveryMs: number; isOnce: boolean; isWatch: boolean }

/** `whole`: the list to its end. `sweep`: its top, as far down as it may have changed. `watch`: one page, to begin at. */
export type WalkKind = 'whole' | 'sweep' | 'watch'

/** A walk through the list of chats, newest first, page by page. */
export type Walk = {
  kind: WalkKind
  /** How far down, in seconds; undefined: to the end. */
  to: number | undefined
  urgency: Urgency
  begunAt: Date
  /** Of the next page. */
  token?: string | undefined
  /** The market's time when the first page was asked for, at least: whatever moves later is met by the next walk. */
  newestAt?: Date | undefined
}

/** What a page of a walk has shown. */
export type ListPage = { token: string | undefined; newestAt: Date | undefined; isLast: boolean }

/** What is known of the list, and the walks through it that have begun. */
export type ListingState = {
  walks: Readonly<Record<WalkKind, Walk | undefined>>
  /** All that changed in the list up to this time was put. */
  sweptTo: Date | undefined
  /** When the last walk through the whole list began, by our clock. */
  wholeAt: Date | undefined
  /** Until the whole list was walked through, what was swept lies above a gap. */
  isGapOpen: boolean
  /** The top was swept after the whole list was walked through, or need not be. */
  isSweptAfter: boolean
  /** No page was read yet. */
  isNew: boolean
  nextSweepAt: number
  /** When a notification wants a sweep. */
  soonAt: number
}

// A chat may come into the list a little later than one with a newer time.
const overlapSeconds = 10
const never = Number.POSITIVE_INFINITY

export function beginListing({ sweptTo, wholeAt }: Notes, { isOnce }: ListingOptions): ListingState {
  const isGapOpen = isOnce || !sweptTo
  return {
    ...{ wholeAt, isGapOpen, isSweptAfter: !isOnce, isNew: true, nextSweepAt: 0, soonAt: never },
    walks: { whole: undefined, sweep: undefined, watch: undefined },
    sweptTo: isGapOpen ? undefined : sweptTo,
  }
}

/** Begins the walks that are due. */
export function planWalks(state: ListingState, options: ListingOptions, now: Date): ListingState {
  if (!options.isWatch) return planSweep(planWhole(state, options, now), options, now)
  if (state.sweptTo !== undefined) return planSweep(state, options, now)
  return withWalk(state, state.walks.watch ?? { kind: 'watch', to: undefined, begunAt: now, urgency: 'news' })
}

function planWhole(state: ListingState, options: ListingOptions, now: Date): ListingState {
  const { walks, wholeAt, isGapOpen, sweptTo } = state
  // A time in the future was noted before the clock was set back.
  const isDue = !wholeAt || wholeAt > now || now.getTime() >= wholeDueAt(state, options)
  if (walks.whole || !(isDue || (isGapOpen && sweptTo === undefined))) return state
  const urgency = isGapOpen ? 'backfill' : 'reconcile'
  return withWalk(state, { kind: 'whole', to: undefined, begunAt: now, urgency })
}

function planSweep(state: ListingState, options: ListingOptions, now: Date): ListingState {
  const { walks, sweptTo } = state
  if (walks.sweep || sweptTo === undefined || !isSweepDue(state, options, now)) return state
  const to = secondOf(sweptTo) - overlapSeconds
  const begun = withWalk(state, { kind: 'sweep', to, begunAt: now, urgency: 'news' })
  return { ...begun, nextSweepAt: now.getTime() + options.sweepEveryMs, soonAt: never }
}

/** A chat that moves up during the walk through the whole list is missed by it, so a sync that ends then sweeps once more. */
function isSweepDue(state: ListingState, { isOnce }: ListingOptions, now: Date): boolean {
  if (isOnce) return !state.isGapOpen && !state.walks.whole && !state.isSweptAfter
  return now.getTime() >= Math.min(state.nextSweepAt, state.soonAt)
}

function wholeDueAt({ wholeAt }: ListingState, { isWatch, wholeEveryMs }: ListingOptions): number {
  return isWatch ? never : (wholeAt?.getTime() ?? 0) + wholeEveryMs
}

/** When the next walk is due, in ms of our clock. */
export function nextWalkAt(state: ListingState, options: ListingOptions): number {
  const { walks, sweptTo, nextSweepAt, soonAt } = state
  const canSweep = !options.isOnce && !walks.sweep && sweptTo !== undefined
  return Math.min(canSweep ? Math.min(nextSweepAt, soonAt) : never, walks.whole ? never : wholeDueAt(state, options))
}

/** The whole list was walked through since the start, or need not be. */
export function isListed({ isGapOpen, walks, isSweptAfter }: ListingState): boolean {
  return !isGapOpen && !walks.whole && isSweptAfter
}

/** After a page that was read and put. */
export function afterPage(state: ListingState, walk: Walk, page: ListPage, nextSweepAt: number): ListingState {
  const { token, newestAt, isLast } = page
  const walks = { ...state.walks, [walk.kind]: isLast ? undefined : { ...walk, token, newestAt } }
  const next = { ...state, walks, isNew: false }
  if (walk.kind === 'watch') return { ...next, sweptTo: newestAt, isGapOpen: false, nextSweepAt }
  if (walk.kind === 'sweep')
    return isLast ? { ...next, sweptTo: newestAt, isSweptAfter: state.isSweptAfter || !state.isGapOpen } : next
  const sweptTo = state.sweptTo ?? newestAt
  if (!isLast) return { ...next, sweptTo }
  // No chat can be missed by a walk of one page.
  const isSweptAfter = state.isSweptAfter || walk.token === undefined
  return { ...next, sweptTo, isSweptAfter, isGapOpen: false, wholeAt: walk.begunAt }
}

/** After a page token that the market no longer takes: the walk begins again. */
export function beginAgain(state: ListingState, walk: Walk): ListingState {
  return withWalk(state, { ...walk, token: undefined })
}

function withWalk(state: ListingState, walk: Walk): ListingState {
  return { ...state, walks: { ...state.walks, [walk.kind]: walk } }
}
