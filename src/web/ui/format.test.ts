import { expect, test } from 'vitest'
import { duration, relative } from './format.ts'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

test.each([
  [1, 'en', undefined],
  [5, 'en', '5 sec ago'],
  [59, 'ru', '59 сек. назад'],
  [60, 'ru', '1 мин. назад'],
  [7199, 'en', '1 hr ago'],
  [-3 * 86_400, 'ru', 'через 3 дн.'],
  [-10 * 86_400 + 5, 'ru', 'через 10 дн.'],
])('%d seconds before now is in %s: %s', (seconds, language, text) => {
  expect(relative(ago(seconds), now, language)?.replace('sec.', 'sec').replace('hr.', 'hr')).toBe(text)
})

test.each([
  [0.4, '0 ms'],
  [340, '340 ms'],
  [2449, '2.4 sec'],
  [185_000, '3 min 5 sec'],
  [119_700, '2 min'],
])('%d ms is formatted as %s', (ms, text) => {
  expect(duration(ms, 'en')).toBe(text)
})
