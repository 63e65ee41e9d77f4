import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { Gaps } from './gaps.ts'

const start = new Date('2026-03-01T09:00:00Z')

test('a message that a notification has named is a gap when it is not here after its time', () => {
  const clock = makeManualClock(start)
  const gaps = new Gaps(clock)

  gaps.named('5', '9')
  clock.advance(19_999)
  expect(gaps.overdue()).toEqual([])
  gaps.named('5', '9')
  clock.advance(1)

  expect(gaps.overdue()).toEqual([{ chatId: 5n, messageId: 9n }])
})

test('it is none when it comes, however late', () => {
  const clock = makeManualClock(start)
  const gaps = new Gaps(clock)

  gaps.named('5', '9')
  gaps.named('6', '9')
  clock.advance(60_000)
  gaps.close(5n, [8n, 9n])

  expect(gaps.overdue()).toEqual([{ chatId: 6n, messageId: 9n }])
})
