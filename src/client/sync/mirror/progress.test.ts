import { expect, test } from 'vitest'
import { operations } from '#contract'
import { estimateEnd } from './progress.ts'

const begun = new Date('2026-03-01T09:00:00Z')
const after = (ms: number) => new Date(begun.getTime() + ms)
const { perHour } = operations.getChatHistory

test('nothing is estimated before the first chat was read', () => {
  expect(estimateEnd(100, { calls: 5, historyCalls: 0, chats: 0, startedAt: begun }, after(1_000))).toBeUndefined()
})

test('it goes on as fast as so far, long histories counted', () => {
  const done = { calls: 30, historyCalls: 20, chats: 10, startedAt: begun }

  expect(estimateEnd(15, done, after(3_000))).toEqual(after(3_000 + 15 * 2 * 100))
})

test('just as many as an hour allows take no second hour, and nothing left takes no time', () => {
  const done = { calls: 110, historyCalls: 100, chats: 100, startedAt: begun }

  expect(estimateEnd(perHour - 100, done, after(1_000))).toEqual(after(1_000 + ((perHour - 100) * 1_000) / 110))
  expect(estimateEnd(0, { ...done, historyCalls: perHour, chats: perHour }, after(1_000))).toEqual(after(1_000))
})

test('more than an hour allows takes as many hours', () => {
  const done = { calls: 110, historyCalls: 100, chats: 100, startedAt: begun }

  expect(estimateEnd(2 * perHour, done, after(1_000))).toEqual(after(2 * 3_600_000))
})
