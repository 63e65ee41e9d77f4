import { expect, test } from 'vitest'
import { headers as names } from '#contract'
import { newerQuota, readDate, readQuota, readUntil } from './quota.ts'

const now = new Date('2026-01-16T10:00:00Z')
const told = (limit: string, remaining: string, until: string) =>
  readQuota(new Headers({ [names.limit]: limit, [names.remaining]: remaining, [names.until]: until }), now)

test('the three headers say how much of the hour is left', () => {
  const until = new Date('2026-01-16T10:30:00Z')
  expect(told('1000', '12', 'Fri, 16 Jan 2026 10:30:00 GMT')).toEqual({ limit: 1000, remaining: 12, until })
})

const dates: [string, string | undefined][] = [
  ['Fri, 16 Jan 2026 10:30:00 GMT', '2026-01-16T10:30:00.000Z'],
  ['Mon, 16 Jan 2026 10:30:00 GMT', '2026-01-16T10:30:00.000Z'],
  ['Xyz, 16 Jan 2026 13:30:00 +0300', '2026-01-16T10:30:00.000Z'],
  ['16 Jan 2026 10:30:00 GMT', '2026-01-16T10:30:00.000Z'],
  ['soon', undefined],
  ['', undefined],
]

test.each(dates)('the moment %j is read as %s, whatever its weekday', (text, moment) => {
  expect(readDate(text)?.toISOString()).toBe(moment)
})

test('an end further off than an hour is an hour off', () => {
  expect(told('1000', '0', 'Sat, 17 Jan 2026 10:30:00 GMT')?.until).toEqual(new Date('2026-01-16T11:00:00Z'))
})

test.each([
  ['a clock of ours that is ahead', '09:55:00', '09:59:00', '10:04:00'],
  ['a clock of ours that is behind', '13:00:00', '13:05:00', '10:05:00'],
  ['a Date that is not of this hour', '08:00:00', '10:30:00', '10:30:00'],
  ['a Date that is later than the end', '10:31:00', '10:30:00', '10:30:00'],
])('%s: the end of the hour by our clock', (_what, date, end, expected) => {
  const on = (time: string) => new Date(`2026-01-16T${time}Z`)
  const answer = new Headers({ [names.until]: on(end).toUTCString(), date: on(date).toUTCString() })
  expect(readUntil(answer, now)).toEqual(on(expected))
})

test.each([
  ['', '1', 'Fri, 16 Jan 2026 10:30:00 GMT'],
  ['1000', '-1', 'Fri, 16 Jan 2026 10:30:00 GMT'],
  ['1e3', '1', 'Fri, 16 Jan 2026 10:30:00 GMT'],
  ['1000', '1', 'never'],
])('headers that say nothing are no news: %s, %s, %s', (limit, remaining, until) => {
  expect(told(limit, remaining, until)).toBeUndefined()
})

test('of two tellings the later hour counts, and within an hour the smaller remainder', () => {
  const early = { limit: 10, remaining: 1, until: new Date('2026-01-16T10:00:00Z') }
  const late = { limit: 10, remaining: 9, until: new Date('2026-01-16T11:00:00Z') }
  const later = { ...late, remaining: 8 }

  expect(newerQuota(undefined, early)).toBe(early)
  expect(newerQuota(early, late)).toBe(late)
  expect(newerQuota(late, early)).toBe(late)
  expect(newerQuota(late, later)).toBe(later)
  expect(newerQuota(later, late)).toBe(later)

  const unsteady = { ...late, until: new Date(late.until.getTime() + 1_000) }
  expect(newerQuota(later, unsteady)).toBe(later)
})
