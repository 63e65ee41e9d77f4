import { chatsPageMax } from '#contract'
import { BadRequest } from '../../errors.ts'
import { secondOf } from '../mirror/market-time.ts'
import { learnChats, type Mirror, nextCall } from '../mirror/mirror.ts'
import { spellNotes } from '../mirror/notes.ts'
import { step, type Walk } from './walk.ts'

export type ListingPlan = { sweepEveryMs: number; wholeEveryMs: number; isOnce: boolean; isWatch: boolean }

/** When the list is read, and how far: the whole of it at first and once a day, its top in between. */
export type Listing = {
  /** The pages to read now. */
  take(now: Date): (() => Promise<void>)[]
  nextDueAt(): number
  sweepSoon(at: number): void
  /** How often an answer could not be used, with this time. */
  countMisfit(): number
  /** No page was read yet. */
  isNew(): boolean
  /** The whole list was walked through since the start, or need not be. */
  isComplete(): boolean
}

// What is stamped with a time may come into the list a little later than what is stamped after it.
const overlapSeconds = 10

type Turn = { walk: Walk | undefined; isUnderWay: boolean }

export function makeListing(mirror: Mirror, plan: ListingPlan): Listing {
  const { notes, store } = mirror
  const whole: Turn = { walk: undefined, isUnderWay: false }
  const sweep: Turn = { walk: undefined, isUnderWay: false }
  let written = ''
  let isNew = true
  let isSweptAfter = !plan.isOnce
  let misfits = 0
  let nextSweepAt = 0
  let soonAt = Number.POSITIVE_INFINITY
  const wholeDueAt = () =>
    plan.isWatch ? Number.POSITIVE_INFINITY : (notes.wholeAt?.getTime() ?? 0) + plan.wholeEveryMs
  // Noted in what is the future now: the clock was set back since.
  const isWholeDue = (now: Date) =>
    !plan.isWatch && (!notes.wholeAt || notes.wholeAt > now || now.getTime() >= wholeDueAt())
  // Until the whole list was walked through, what was swept lies above a gap.
  let isGapOpen = plan.isOnce || !notes.sweptTo
  let sweptTo = isGapOpen ? undefined : notes.sweptTo

  async function note(): Promise<void> {
    notes.sweptTo = sweptTo
    const text = spellNotes(notes)
    if (text !== written) await store.writeNotes(text)
    written = text
  }

  async function stepWhole(walk: Walk): Promise<void> {
    const isFirst = walk.token === undefined
    if (isFirst) mirror.roster.recall()
    const isEnd = await step(mirror, walk)
    sweptTo ??= walk.newestAt
    isNew = false
    if (!isEnd) return
    whole.walk = undefined
    isGapOpen = false
    // Nobody jumps over the reader of one page.
    isSweptAfter ||= isFirst
    notes.wholeAt = walk.begunAt
    await note()
  }

  async function stepSweep(walk: Walk): Promise<void> {
    const isEnd = await step(mirror, walk)
    isNew = false
    if (!isEnd) return
    sweep.walk = undefined
    isSweptAfter ||= !isGapOpen
    sweptTo = walk.newestAt
    await note()
  }

  /** What stands is taken as known; of the chats of the very last second we must know how far they stood. */
  async function beginWatch(): Promise<void> {
    const begun = mirror.roster.begin()
    const { items } = await mirror.market.chats.list({ limit: chatsPageMax }, nextCall(mirror, 'news')).page()
    const since = items[0]?.updatedAt ?? new Date(0)
    mirror.time.observe(since, mirror.clock.now())
    notes.since = since
    await learnChats(mirror, items, { begun, lane: 'news', isSilent: true })
    for (const { chatId, updatedAt } of items)
      if (secondOf(updatedAt) === secondOf(since)) mirror.errands.add('news', chatId, { isWhole: true, isSilent: true })
    sweptTo = since
    isGapOpen = false
    isNew = false
    nextSweepAt = mirror.clock.now().getTime() + plan.sweepEveryMs
    await note()
  }

  /** What moves up while the whole list is walked through jumps over the reader: whoever goes on to nothing else looks again. */
  function isSweepDue(now: Date): boolean {
    if (plan.isOnce) return !isGapOpen && !whole.walk && !isSweptAfter
    return now.getTime() >= Math.min(nextSweepAt, soonAt)
  }

  function startWalks(now: Date): void {
    const isGap = isGapOpen && sweptTo === undefined
    if (!whole.walk && (isGap || isWholeDue(now)) && !plan.isWatch)
      whole.walk = { to: undefined, begunAt: now, lane: 'backlog', urgency: isGapOpen ? 'backfill' : 'reconcile' }
    if (sweep.walk || sweptTo === undefined || !isSweepDue(now)) return
    nextSweepAt = now.getTime() + plan.sweepEveryMs
    soonAt = Number.POSITIVE_INFINITY
    sweep.walk = { to: secondOf(sweptTo) - overlapSeconds, begunAt: now, lane: 'news', urgency: 'news' }
  }

  /** Pages of one walk come one after the other. A token that is not taken any more means to begin again. */
  function turnOf(turn: Turn, go: (walk: Walk) => Promise<void>): (() => Promise<void>)[] {
    const { walk } = turn
    if (!walk || turn.isUnderWay) return []
    turn.isUnderWay = true
    const run = async () => {
      try {
        await go(walk)
        misfits = 0
      } catch (error) {
        if (error instanceof BadRequest) walk.token = undefined
        throw error
      } finally {
        turn.isUnderWay = false
      }
    }
    return [run]
  }

  const watch: Turn = { walk: undefined, isUnderWay: false }

  return {
    take(now) {
      if (plan.isWatch && sweptTo === undefined) {
        watch.walk ??= { to: undefined, begunAt: now, lane: 'news', urgency: 'news' }
        return turnOf(watch, beginWatch)
      }
      startWalks(now)
      return [...turnOf(whole, stepWhole), ...turnOf(sweep, stepSweep)]
    },
    nextDueAt() {
      const isIdle = !plan.isOnce && !sweep.walk && sweptTo !== undefined
      const sweepDueAt = isIdle ? Math.min(nextSweepAt, soonAt) : Number.POSITIVE_INFINITY
      return Math.min(sweepDueAt, whole.walk ? Number.POSITIVE_INFINITY : wholeDueAt())
    },
    sweepSoon(at) {
      soonAt = Math.min(soonAt, at)
    },
    countMisfit: () => ++misfits,
    isNew: () => isNew,
    isComplete: () => !isGapOpen && !whole.walk && isSweptAfter,
  }
}
