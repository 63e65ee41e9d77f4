import { describe, expect, test } from 'vitest'
import {
  afterPage,
  beginAgain,
  beginListing,
  isListed,
  type ListingOptions,
  type ListingState,
  nextWalkAt,
  planWalks,
  type Walk,
} from './listing-plan.ts'

const now = new Date('2026-03-01T09:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const options: ListingOptions = { sweepEveryMs: 30_000, wholeEveryMs: 86_400_000, isOnce: false, isWatch: false }
const once = { ...options, isOnce: true }
const watching = { ...options, isWatch: true }

/** A sync that goes on: all was swept a minute ago, the whole list was read an hour ago. */
const following = beginListing({ sweptTo: at(-60), wholeAt: at(-3600) }, options)
const fresh = beginListing({}, options)
const whole: Walk = { kind: 'whole', to: undefined, urgency: 'backfill', begunAt: now }
const sweep: Walk = { kind: 'sweep', to: 1, urgency: 'news', begunAt: now }
const walking = (walk: Walk, state = fresh): ListingState => ({
  ...state,
  walks: { ...state.walks, [walk.kind]: walk },
})
const kindsOf = ({ walks }: ListingState) => Object.values(walks).flatMap(walk => (walk ? [walk.kind] : []))
const firstPage = { token: 'a', newestAt: now, isLast: false }
const lastPage = { token: undefined, newestAt: now, isLast: true }

describe('which walks are under way after planning', () => {
  test.each<[string, ListingState, ListingOptions, string[]]>([
    ['a new store: the whole list', fresh, options, ['whole']],
    ['a new store that is only watched: one page', fresh, watching, ['watch']],
    ['a store that is followed: the top', following, options, ['sweep']],
    ['it is too early for a sweep', { ...following, nextSweepAt: at(1).getTime() }, options, []],
    ['a hint wants a sweep before', { ...following, nextSweepAt: at(9).getTime(), soonAt: 0 }, options, ['sweep']],
    ['a day is over: the whole list too', { ...following, wholeAt: at(-86_400) }, options, ['whole', 'sweep']],
    ['the last whole walk was noted in the future', { ...following, wholeAt: at(1) }, options, ['whole', 'sweep']],
    ['a watch never reads the whole list', { ...following, wholeAt: undefined }, watching, ['sweep']],
    ['a whole walk is under way: no second one', walking(whole), options, ['whole']],
    ['a sync that ends begins with the whole list', beginListing({ sweptTo: at(-60) }, once), once, ['whole']],
    [
      'it sweeps once more after that',
      { ...following, isSweptAfter: false, wholeAt: now },
      { ...once, wholeEveryMs: 1_000 },
      ['sweep'],
    ],
    ['not before that is over', walking(whole, { ...following, isSweptAfter: false }), once, ['whole']],
    ['and then no more', { ...following, wholeAt: now }, once, []],
  ])('%s', (_what, state, given, expected) => {
    expect(kindsOf(planWalks(state, given, now))).toEqual(expected)
  })
})

test('a whole walk is backfill while nothing is known of the list, and a comparison later', () => {
  expect(planWalks(fresh, options, now).walks.whole).toEqual(whole)
  expect(planWalks({ ...following, wholeAt: undefined }, options, now).walks.whole?.urgency).toBe('reconcile')
})

test('a sweep goes ten seconds further down than what was swept, and puts off the next one', () => {
  const planned = planWalks({ ...following, soonAt: 0 }, options, now)

  expect(planned.walks.sweep?.to).toBe(at(-70).getTime() / 1000)
  expect(planned.soonAt).toBe(Number.POSITIVE_INFINITY)
  expect(planned.nextSweepAt).toBe(at(30).getTime())
})

describe('when the next walk is due', () => {
  const never = Number.POSITIVE_INFINITY
  test.each<[string, ListingState, ListingOptions, number]>([
    ['the sweep', { ...following, nextSweepAt: at(5).getTime() }, options, at(5).getTime()],
    ['what a hint wants', { ...following, nextSweepAt: at(5).getTime(), soonAt: 7 }, options, 7],
    ['the whole list while a sweep is under way', walking(sweep, following), options, at(86_400 - 3600).getTime()],
    ['nothing while the first walk is under way', walking(whole), options, never],
    ['nothing before the first page of a watch', fresh, watching, never],
    ['nothing by itself in a sync that ends', { ...following, wholeAt: undefined }, { ...once, isWatch: true }, never],
  ])('%s', (_what, state, given, expected) => {
    expect(nextWalkAt(state, given)).toBe(expected)
  })
})

describe('after a page', () => {
  const gap = beginListing({ sweptTo: at(-60) }, once)
  const next = at(30).getTime()
  const notSwept = { ...following, isSweptAfter: false }
  test.each<[string, ListingState, Partial<ListingState>]>([
    ['the first page says from when on the top is known', afterPage(fresh, whole, firstPage, next), { sweptTo: now }],
    ['a later one does not', afterPage({ ...fresh, sweptTo: at(-9) }, whole, firstPage, next), { sweptTo: at(-9) }],
    ['a page in the middle leaves the gap open', afterPage(fresh, whole, firstPage, next), { isGapOpen: true }],
    ['the last page closes it', afterPage(fresh, whole, lastPage, next), { isGapOpen: false, wholeAt: now }],
    ['a list of one page cannot move while it is read', afterPage(gap, whole, lastPage, next), { isSweptAfter: true }],
    [
      'a longer one can',
      afterPage(gap, { ...whole, token: 'a' }, lastPage, next),
      { isSweptAfter: false, isGapOpen: false },
    ],
    ['a sweep ends', afterPage(notSwept, sweep, lastPage, next), { sweptTo: now, isSweptAfter: true }],
    ['a sweep above a gap', afterPage(gap, sweep, lastPage, next), { sweptTo: now, isSweptAfter: false }],
    ['a sweep goes on', afterPage(notSwept, sweep, firstPage, next), { sweptTo: at(-60), isSweptAfter: false }],
    [
      'a watch begins',
      afterPage(fresh, { ...whole, kind: 'watch' }, lastPage, next),
      { sweptTo: now, isGapOpen: false, nextSweepAt: next },
    ],
  ])('%s', (_what, state, expected) => {
    expect(state).toMatchObject({ ...expected, isNew: false })
  })

  test('the walk goes on with the next token, and is over after the last page', () => {
    expect(afterPage(walking(whole), whole, firstPage, next).walks.whole).toEqual({
      ...whole,
      token: 'a',
      newestAt: now,
    })
    expect(kindsOf(afterPage(walking(whole), whole, lastPage, next))).toEqual([])
  })
})

test('a walk whose token has died begins again, as the same walk', () => {
  const state = walking({ ...whole, token: 'a' })

  expect(beginAgain(state, { ...whole, token: 'a' }).walks.whole).toEqual({ ...whole, token: undefined })
})

test('the list is complete when the whole was walked through, and its top was read after that', () => {
  expect(isListed(following)).toBe(true)
  expect(isListed(fresh)).toBe(false)
  expect(isListed(walking(whole, following))).toBe(false)
  expect(isListed({ ...following, isSweptAfter: false })).toBe(false)
})
