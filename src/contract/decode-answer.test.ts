import { expect, test } from 'vitest'
import { decode, decodeAnswer, operations } from './index.ts'

const { response } = operations.getChats
const chat = {
  chatId: 33,
  context: { type: 'ORDER', campaignId: 1, orderId: 2 },
  type: 'CHAT',
  status: 'NEW',
  createdAt: '2026-01-16T10:09:49+03:00',
  updatedAt: '2026-01-16T10:09:49.759084017Z',
}
const answerOf = (change: object) => ({ status: 'OK', result: { chats: [chat, { ...chat, ...change }] } })

const accepted: [string, object, object][] = [
  ['a word nobody knew', { status: 'SLEEPING' }, { status: 'SLEEPING' }],
  ['an id as digits', { chatId: '9223372036854775807' }, { chatId: 9223372036854775807n }],
  ['an id of more than 53 bits', { chatId: 9007199254740993n }, { chatId: 9007199254740993n }],
  ['null where nothing need be', { orderId: null }, {}],
  ['a field nobody knew', { mood: 'good' }, {}],
  [
    'a text with white space and NUL',
    { context: { type: 'ORDER', customer: { name: ' \0 ' } } },
    { context: { type: 'ORDER', customer: { name: ' \0 ' } } },
  ],
]

test.each(accepted)('an answer may have %s', (_what, change, expected) => {
  const decoded = decodeAnswer(response, answerOf(change))
  const plain = decode(response, answerOf({}))

  expect(decoded.ok && decoded.value.result?.chats[1]).toEqual({
    ...(plain.ok && plain.value.result?.chats[1]),
    ...expected,
  })
})

const refused: [string, object, object][] = [
  ['a missing id', { chatId: undefined }, { rule: 'missing', at: 'result.chats[1].chatId' }],
  ['null for what must be', { status: null }, { rule: 'null', at: 'result.chats[1].status' }],
  ['an id with a fraction', { chatId: 1.5 }, { rule: 'kind', at: 'result.chats[1].chatId' }],
  ['an id that lost its digits', { chatId: 2 ** 60 }, { rule: 'kind', at: 'result.chats[1].chatId' }],
  ['an id beyond 64 bits', { chatId: '9223372036854775808' }, { rule: 'kind', at: 'result.chats[1].chatId' }],
  ['a number for a word', { type: 7 }, { rule: 'kind', at: 'result.chats[1].type' }],
  ['a text for an object', { context: 'ORDER' }, { rule: 'kind', at: 'result.chats[1].context' }],
  ['a list for an object', { context: [] }, { rule: 'kind', at: 'result.chats[1].context' }],
  ['a day that is none', { createdAt: '2026-13-45T10:00:00Z' }, { rule: 'kind', at: 'result.chats[1].createdAt' }],
  ['words for a date', { updatedAt: 'yesterday' }, { rule: 'kind', at: 'result.chats[1].updatedAt' }],
]

test.each(refused)('%s is told with its place', (_what, change, issue) => {
  expect(decodeAnswer(response, answerOf(change))).toEqual({ ok: false, issues: [issue] })
})

test('a page of nonsense is read no further than a list of its faults may be long', () => {
  let read = 0
  const nonsense = () => ({
    get chatId() {
      read++
      return 'x'
    },
  })
  const decoded = decodeAnswer(response, { status: 'OK', result: { chats: Array.from({ length: 1000 }, nonsense) } })

  expect(decoded.ok || decoded.issues.length).toBe(20)
  expect(read).toBeLessThanOrEqual(20)
})

test('what a prototype has is not in an answer', () => {
  const parsed: unknown = JSON.parse('{"status":"OK","__proto__":{"result":{"chats":[]}}}')
  expect(decodeAnswer(response, parsed)).toEqual({ ok: true, value: { status: 'OK' } })
})
