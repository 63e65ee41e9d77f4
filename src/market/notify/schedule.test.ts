import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDue, longestWaitMs, momentOf, retryDelayMs } from './schedule.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const still = () => 0

test.each([
  { failures: 1, delayMs: minuteMs },
  { failures: 60, delayMs: minuteMs },
  { failures: 61, delayMs: 15 * minuteMs },
  { failures: 152, delayMs: 15 * minuteMs },
  { failures: 153, delayMs: hourMs },
  { failures: 464, delayMs: hourMs },
  { failures: 465, delayMs: undefined },
  { failures: 466, delayMs: undefined },
])('after $failures failures in a row the next attempt is $delayMs ms away', ({ failures, delayMs }) => {
  expect(retryDelayMs(failures, still)).toBe(delayMs)
})

const jittersAtRandom = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 465, maxLength: 465 })
const delaysOf = (jitterOf: (failures: number) => number) =>
  Array.from({ length: 464 }, (_, index) => retryDelayMs(index + 1, jitterOf) ?? Number.NaN)
const sumOf = (delays: number[]) => delays.reduce((sum, delayMs) => sum + delayMs, 0)

test('the waits come to an hour, a day, and 14 days to the millisecond', () => {
  const delays = delaysOf(still)
  expect([60, 152, 464].map(count => sumOf(delays.slice(0, count)))).toEqual([hourMs, dayMs, 14 * dayMs])
})

test('whatever the jitter, no wait is off by more than a tenth, and the last comes after 14 days', () => {
  fc.assert(
    fc.property(jittersAtRandom, jitters => {
      const delays = delaysOf(failures => jitters[failures] ?? Number.NaN)
      const off = delays.map((delayMs, index) => Math.abs(delayMs / (retryDelayMs(index + 1, still) ?? 0) - 1))

      expect(Math.max(...off)).toBeLessThan(0.1001)
      expect(Math.max(...delays)).toBeLessThanOrEqual(longestWaitMs)
      expect(sumOf(delays)).toBe(14 * dayMs)
    }),
  )
})

test('a wait is jittered', () => {
  expect(retryDelayMs(1, () => 1)).toBe(1.05 * minuteMs)
  expect(retryDelayMs(2, failures => (failures === 2 ? -1 : 1))).toBe(0.9 * minuteMs)
})

test.each([
  { aheadMs: -1, due: true },
  { aheadMs: 0, due: true },
  { aheadMs: 1, due: false },
  { aheadMs: longestWaitMs, due: false },
  { aheadMs: longestWaitMs + 1, due: true },
])('what is to be tried $aheadMs ms ahead is due: $due', ({ aheadMs, due }) => {
  const now = new Date('2026-03-01T09:00:00Z')
  expect(isDue(new Date(now.getTime() + aheadMs), now)).toBe(due)
})

test.each([
  { lateMs: 0, counts: 'dueAt' },
  { lateMs: 30_000, counts: 'dueAt' },
  { lateMs: 30_001, counts: 'attemptedAt' },
  { lateMs: -1, counts: 'attemptedAt' },
] as const)('the wait after an attempt that is $lateMs ms late counts from $counts', ({ lateMs, counts }) => {
  const dueAt = new Date('2026-03-01T09:00:00Z')
  const moments = { dueAt, attemptedAt: new Date(dueAt.getTime() + lateMs) }
  expect(momentOf(moments)).toBe(moments[counts])
})
