import { expect, test } from 'vitest'
import { textsOf } from '../texts/index.ts'
import { chatToWriteInto, type WritingFlags } from './allow-writing.ts'

const texts = textsOf('en')
const local = 'http://127.0.0.1:8080'
const yandex = 'https://api.partner.market.yandex.ru'

test.each<[title: string, flags: WritingFlags, chat: bigint | undefined]>([
  ['nothing said', { url: local }, undefined],
  ['--read-only', { url: yandex, readOnly: true }, undefined],
  ['a chat named', { url: local, writeToChat: 33n, order: 7n }, 33n],
  ['a chat named, and somebody real', { url: yandex, writeToChat: 33n, realCustomer: true }, 33n],
  ['somebody real without a chat', { url: yandex, realCustomer: true }, undefined],
])('%s: written into %s', (_title, flags, chat) => {
  expect(chatToWriteInto(flags, texts)).toBe(chat)
})

test.each<[title: string, flags: WritingFlags, why: string]>([
  ['both', { url: local, readOnly: true, writeToChat: 33n }, 'exclude each other'],
  ['a finished chat alone', { url: local, finishedChat: 7n }, 'it needs --write-to-chat'],
  ['an order alone', { url: local, order: 7n }, 'it needs --write-to-chat'],
  ['Yandex.Market', { url: yandex, writeToChat: 33n }, 'without --real-customer'],
  [
    'Yandex.Market, spelled otherwise',
    { url: 'https://API.Partner.Market.YANDEX.ru./', writeToChat: 33n },
    'without --real-customer',
  ],
  [
    'Yandex.Market under another name',
    { url: 'https://api.partner.market.yandex.com', writeToChat: 33n },
    'without --real-customer',
  ],
])('%s: refused', (_title, flags, why) => {
  expect(() => chatToWriteInto(flags, texts)).toThrow(why)
})
