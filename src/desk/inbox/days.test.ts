import { expect, test } from 'vitest'
import { startsOfDays } from './days.ts'

const starts = (now: string, timeZone: string, count = 2) =>
  startsOfDays(new Date(now), timeZone, count).map(at => at.toISOString().replace(':00.000Z', 'Z'))

test.each([
  ['UTC', '2026-03-02T12:00:00Z', ['2026-03-01T00:00Z', '2026-03-02T00:00Z']],
  ['Europe/Moscow', '2026-03-02T22:30:00.5Z', ['2026-03-01T21:00Z', '2026-03-02T21:00Z']],
  ['Europe/Moscow', '2026-03-02T20:59:59Z', ['2026-02-28T21:00Z', '2026-03-01T21:00Z']],
  ['America/Los_Angeles', '2026-03-02T03:00:00Z', ['2026-02-28T08:00Z', '2026-03-01T08:00Z']],
  ['Asia/Kolkata', '2026-01-01T00:00:00Z', ['2025-12-30T18:30Z', '2025-12-31T18:30Z']],
  // The clocks are changed in the night to the 29th, and in the night to the 25th back.
  ['Europe/Berlin', '2026-03-30T10:00:00Z', ['2026-03-28T23:00Z', '2026-03-29T22:00Z']],
  ['Europe/Berlin', '2026-10-26T10:00:00Z', ['2026-10-24T22:00Z', '2026-10-25T23:00Z']],
  // At midnight the clocks are put back to eleven.
  ['America/Santiago', '2026-04-05T12:00:00Z', ['2026-04-04T03:00Z', '2026-04-05T04:00Z']],
])('in %s at %s the days began at %j', (timeZone, now, expected) => {
  expect(starts(now, timeZone)).toEqual(expected)
})

test('there are as many as are asked for, over months', () => {
  expect(starts('2026-03-02T12:00:00Z', 'UTC', 4)).toEqual([
    ...['2026-02-27T00:00Z', '2026-02-28T00:00Z', '2026-03-01T00:00Z', '2026-03-02T00:00Z'],
  ])
})

test('a time zone that is none is refused', () => {
  for (const timeZone of ['', 'Mars/Base', '../etc', "UTC'; --"])
    expect(() => starts('2026-03-02T12:00:00Z', timeZone)).toThrow(RangeError)
})
