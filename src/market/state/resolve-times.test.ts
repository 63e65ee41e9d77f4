import { expect, test } from 'vitest'
import { chatTimes, momentOf } from './resolve-times.ts'

const now = new Date('2026-03-01T12:00:00Z')
const write = (...times: (string | undefined)[]) =>
  times.map(at => ({ from: 'customer', text: 'a', ...(at !== undefined && { at }) }) as const)
const timesOf = (opened: string | undefined, ...times: (string | undefined)[]) => {
  const chat = { messages: write(...times), ...(opened !== undefined && { opened }) }
  const { opened: openedAt, written } = chatTimes(chat, now, 'chat')
  return [openedAt, ...written].map(time => time.toISOString().slice(11, 19))
}

test('without times a chat is opened by its first message, and each follows a minute later, up to now', () => {
  expect(timesOf(undefined)).toEqual(['12:00:00'])
  expect(timesOf('-2h')).toEqual(['10:00:00'])
  expect(timesOf(undefined, '-2h', undefined, '+7m')).toEqual(['10:00:00', '10:00:00', '10:01:00', '10:08:00'])
  expect(timesOf('-90s', undefined, undefined, undefined)).toEqual(['11:58:30', '11:58:30', '11:59:30', '12:00:00'])
})

test('what is to come, or steps back, is refused by its place', () => {
  expect(() => timesOf('-1h', undefined, '+2h')).toThrow(/^chat\.messages\[1\]\.at must not be later/)
  expect(() => timesOf('-1h', '-2h')).toThrow(/^chat\.messages\[0\]\.at must not be earlier/)
  expect(() => momentOf('2026-03-01T12:00:01Z', now, 'order.created')).toThrow(/^order\.created must not be later/)
})
