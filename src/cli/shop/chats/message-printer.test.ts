import { expect, test } from 'vitest'
import type { Message } from '#client'
import { textsOf } from '../../texts/index.ts'
import { MessagePrinter } from './message-printer.ts'

const message = (messageId: bigint, sender: string, text: string): Message => ({
  messageId,
  sender,
  text,
  createdAt: new Date(2026, 2, 10, 12, 0),
})

test('messages told together stand in columns, whatever their ids and senders', () => {
  const printer = new MessagePrinter(undefined, textsOf('en'))
  const lines = printer.lines([message(33n, 'CUSTOMER', 'Hello'), message(2497n, 'LONG_TO_TELL', 'Good day\nto you')])

  expect(lines.slice(1)).toEqual([
    '  33  12:00  Buyer         Hello',
    '2497  12:00  LONG_TO_TELL  Good day',
    '                           to you',
  ])
})

test('a later page stays aligned with what was printed', () => {
  const printer = new MessagePrinter(undefined, textsOf('en'))
  printer.lines([message(2497n, 'LONG_TO_TELL', 'a')])
  expect(printer.lines([message(2498n, 'CUSTOMER', 'b')])).toEqual(['2498  12:00  Buyer         b'])
})
