import { expect, test } from 'vitest'
import { relativeTime } from './format-time.ts'

const now = new Date('2026-03-10T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)

test.each([
  [0, 'now', 'сейчас'],
  [30_000, '30 sec. ago', '30 сек. назад'],
  [5 * 60_000, '5 min. ago', '5 мин. назад'],
  [26 * 3_600_000, 'yesterday', 'вчера'],
  [-5_000, 'now', 'сейчас'],
])('%d ms ago is told in the words of the language', (ms, english, russian) => {
  expect([relativeTime(ago(ms), now, 'en'), relativeTime(ago(ms), now, 'ru')]).toEqual([english, russian])
})

test('what is older than a week has its date', () => {
  expect(relativeTime(ago(30 * 86_400_000), now, 'en')).toBe('Feb 8, 2026')
})
