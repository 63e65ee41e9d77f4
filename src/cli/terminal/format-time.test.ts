import { expect, test } from 'vitest'
import { relativeTime, spellBytes, spellDuration } from './format-time.ts'

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

test('durations and sizes are told by what matters in them', () => {
  expect([400, 61_000, 3_725_000].map(ms => spellDuration(ms, 'en'))).toEqual(['1 sec', '1 min 1 sec', '1 hr 2 min'])
  expect([12, 2048, 1_258_291].map(size => spellBytes(size, 'en'))).toEqual(['12 byte', '2 kB', '1.2 MB'])
})
