import { expect, test } from 'vitest'
import { isQuiet, timeOfDay } from './quiet-hours.ts'

test.each([
  ['23:10', '22:00', '08:00', true],
  ['07:59', '22:00', '08:00', true],
  ['08:00', '22:00', '08:00', false],
  ['13:30', '13:00', '14:00', true],
  ['12:59', '13:00', '14:00', false],
  ['12:00', undefined, '14:00', false],
  ['12:00', '12:00', '12:00', false],
])('at %s, with quiet hours from %s to %s: %s', (at, from, to, quiet) => {
  expect(isQuiet(at, from, to)).toBe(quiet)
})

test('a time of the day has two digits each', () => {
  expect(timeOfDay(new Date(2026, 2, 1, 7, 5))).toBe('07:05')
})
