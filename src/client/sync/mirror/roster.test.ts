import { expect, test } from 'vitest'
import type { ChatMark } from './chat-store.ts'
import { type Known, needsReading } from './roster.ts'

const at = (time: string) => new Date(`2026-01-16T${time}Z`)
const readAt = (time: string): ChatMark =>
  ({ chatId: 7n, updatedAt: at(time), newestAt: at(time), isRead: true }) as Partial<ChatMark> as ChatMark // no more is asked
const chat = (part: Partial<Known>): Known => ({
  ...{ chatId: 7n, print: '', updatedAt: at('10:00:00'), putIn: 0, isGone: false, about: undefined },
  ...part,
})

test.each<[string, Known, Date | undefined, boolean]>([
  ['never read', chat({}), undefined, true],
  ['that stood before a watch', chat({}), at('10:00:00.900'), false],
  ['that came after the watch began', chat({}), at('09:59:59'), true],
  ['whose reading was cut short', chat({ mark: { ...readAt('10:00:00'), isRead: false } }), undefined, true],
  ['read as it stands', chat({ mark: readAt('10:00:00.400') }), undefined, false],
  ['with something later', chat({ mark: readAt('09:59:59') }), undefined, true],
  [
    "with a time that is earlier than before: the market's clock was set back",
    chat({ mark: readAt('10:00:01') }),
    undefined,
    true,
  ],
  ['that the market does not know', chat({ isGone: true }), undefined, false],
])('a chat %s', (_what, known, since, expected) => {
  expect(needsReading(known, since)).toBe(expected)
})
