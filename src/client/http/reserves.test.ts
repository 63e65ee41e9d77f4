import { expect, test } from 'vitest'
import { urgencies, waitForQuota } from './reserves.ts'

const now = new Date('2026-01-16T10:00:00Z')
const until = new Date('2026-01-16T10:40:00Z')
const leftMs = 40 * 60 * 1000
const standing = { underWay: 0, lastAt: undefined, now }

// Of 1000 an hour: how many must remain for each to begin at once.
const table = [
  { remaining: 1000, begin: ['person', 'news', 'reconcile', 'backfill'] },
  { remaining: 201, begin: ['person', 'news', 'reconcile', 'backfill'] },
  { remaining: 200, begin: ['person', 'news', 'reconcile'] },
  { remaining: 101, begin: ['person', 'news', 'reconcile'] },
  { remaining: 100, begin: ['person', 'news'] },
  { remaining: 51, begin: ['person', 'news'] },
  { remaining: 50, begin: ['person'] },
  { remaining: 1, begin: ['person'] },
  { remaining: 0, begin: [] },
]

test.each(table)('with $remaining of 1000 left, $begin may begin', ({ remaining, begin }) => {
  const quota = { limit: 1000, remaining, until }
  const waits = urgencies.map(urgency => waitForQuota(urgency, { ...standing, quota }))

  expect(urgencies.filter((_urgency, index) => waits[index] === 0)).toEqual(begin)
  expect(new Set(waits.filter(wait => wait > 0))).toEqual(new Set(begin.length < 4 ? [leftMs] : []))
})

test('calls under way count as made', () => {
  const quota = { limit: 1000, remaining: 3, until }
  expect(waitForQuota('person', { ...standing, quota, underWay: 2 })).toBe(0)
  expect(waitForQuota('person', { ...standing, quota, underWay: 3 })).toBe(leftMs)
})

test('an hour that is over, or was never told, holds up nobody', () => {
  const over = { limit: 1000, remaining: 0, until: now }
  expect(waitForQuota('backfill', { ...standing, quota: over })).toBe(0)
  expect(waitForQuota('backfill', { ...standing, quota: undefined })).toBe(0)
})

test('backfill goes as fast as it can to the half of the hour, and then evenly to its end', () => {
  const lastAt = new Date(now.getTime() - 1000)
  const fast = { limit: 1000, remaining: 500, until }
  const slow = { limit: 1000, remaining: 440, until }

  expect(waitForQuota('backfill', { ...standing, lastAt, quota: fast })).toBe(0)
  // 440 - 200 reserved are 240 in 40 minutes: one in ten seconds, and one of these is over.
  expect(waitForQuota('backfill', { ...standing, lastAt, quota: slow })).toBe(9000)
  expect(waitForQuota('news', { ...standing, lastAt, quota: slow })).toBe(0)
})

test('a clock that is set back keeps no backfill waiting for longer than its pace', () => {
  const lastAt = new Date(now.getTime() + 3 * 60 * 60 * 1000)
  const slow = { limit: 1000, remaining: 440, until }
  expect(waitForQuota('backfill', { ...standing, lastAt, quota: slow })).toBe(10_000)
})
