import { expect, test } from 'vitest'
import { chatStatuses, chatTypes, senders } from '#contract'
import { findOperation } from '../recorder/find-operation.ts'
import { scenarioOf } from './scenario.ts'
import { stateOf } from './state-of.ts'

const head = { prilavok: 'recording', version: 1, target: 'https://example.org', startedAt: '2026-03-01T12:00:00.000Z' }
const context = { type: 'ORDER', customer: { name: 'Покупатель 1', publicId: 'customer-1' }, orderId: 5 }
const message = (messageId: number, sender: string, second: number, text = 'a') => ({
  ...{ messageId, sender, message: text, createdAt: `2026-03-01T15:0${second}:00+03:00` },
})
const history = (...messages: object[]) => ({
  ...{ atMs: 10, operation: 'getChatHistory', url: '/v2/businesses/1/chats/history?chatId=33', status: 200 },
  answer: { status: 'OK', result: { context, messages, paging: {} } },
})
const [shop, customer, , support] = senders

test('what was written before is put at once, what came later comes when it came, and the shop writes for itself', () => {
  const chats = [
    {
      chatId: 44,
      context: { ...context, orderId: 6 },
      type: chatTypes[0],
      status: chatStatuses[0],
      createdAt: head.startedAt,
      updatedAt: head.startedAt,
    },
  ]
  const { chats: seen, events } = scenarioOf({
    head,
    lines: [
      {
        atMs: 5,
        operation: 'getChats',
        url: '/',
        status: 200,
        answer: { status: 'OK', result: { chats, paging: {} } },
      },
      history(message(1, customer, 0), message(2, shop, 0)),
      history(message(1, customer, 0), message(5, support, 3), message(3, shop, 1), message(4, customer, 2, 'b')),
    ],
  })

  expect(seen.map(({ chatId, messages }) => [chatId, messages.map(({ messageId }) => messageId)])).toEqual([
    [44n, []],
    [33n, [1n, 2n]],
  ])
  expect(events).toEqual([
    { what: 'message', chat: 1, from: 'customer', text: 'b', afterMs: 120_000 },
    { what: 'message', chat: 1, from: 'support', text: 'a', afterMs: 180_000 },
  ])
  expect(stateOf({ chats: seen, events }, { name: 'Запись', startedAt: head.startedAt })).toMatchObject({
    customers: [{ id: 'customer-1', name: 'Покупатель 1' }],
    businesses: [
      {
        campaigns: [{ orders: [{ id: 6n }, { id: 5n }] }],
        chats: [
          { order: 6n },
          { order: 5n, messages: [{ from: 'customer' }, { from: 'shop', at: '2026-03-01T12:00:00.000Z' }] },
        ],
      },
    ],
  })
})

test.each([
  [{ status: 420 }, 'answer-420'],
  [{ status: 500 }, 'answer-500'],
  [{ status: 504 }, 'answer-503'],
  [{ failure: 'ECONNRESET' }, 'drop-connection'],
  [{ failure: 'aborted' }, undefined],
  [{ status: 404 }, undefined],
])('%j goes wrong again as %s', (facts, fault) => {
  const { events } = scenarioOf({
    head,
    lines: [{ atMs: 7, operation: 'getChats', url: '/', answer: undefined, ...facts }],
  })

  expect(events).toEqual(fault === undefined ? [] : [{ what: 'fault', afterMs: 7, operation: 'getChats', fault }])
})

test('an operation is known by each form of its path', () => {
  const forms = ['/v2/businesses/1/chats?limit=5', '/businesses/1/chats.json', '/v2/businesses/1/chats.json']
  expect(forms.map(url => findOperation('POST', url))).toEqual(['getChats', 'getChats', 'getChats'])
  expect(findOperation('GET', '/v2/businesses/1/offers')).toBeUndefined()
})
