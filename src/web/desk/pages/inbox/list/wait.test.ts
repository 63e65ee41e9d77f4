import { expect, test } from 'vitest'
import { waitOf, waitsSince } from './wait.ts'

const now = new Date('2026-03-02T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test.each([
  [0, { unit: 'minutes', minutes: 0, tone: 'fresh' }],
  [-5, { unit: 'minutes', minutes: 0, tone: 'fresh' }],
  [59, { unit: 'minutes', minutes: 59, tone: 'fresh' }],
  [192, { unit: 'hours', hours: 3, minutes: 12, tone: 'plain' }],
  [12 * 60, { unit: 'hours', hours: 12, minutes: 0, tone: 'long' }],
  [52 * 60 + 7, { unit: 'days', days: 2, hours: 4, tone: 'long' }],
])('%d minutes are %j', (minutes, wait) => {
  expect(waitOf(ago(minutes), now)).toMatchObject(wait)
})

test.each([
  ['waiting', 'then'],
  ['disputes', 'then'],
  ['buyer', undefined],
  ['finished', undefined],
])('in the view %s somebody waits for us since %s', (view, since) => {
  expect(waitsSince({ view, waitingSince: 'then' })).toBe(since)
})
