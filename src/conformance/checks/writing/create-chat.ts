import { maxInt64 } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { twiceIfItDiffers } from '../../check/twice.ts'
import { compare, compareAnswers, type Expecting } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequest, words } from '../../expect/words.ts'
import type { Said, Source } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withJson, withQuery, withText } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field, idAt } from '../../scene/read.ts'

const neither = choice('createChat with neither context nor orderId')
const silent = { en: 'is refused', ru: 'отказ' }

const refusedBodies: [json: string, expects: Expecting, source: Source][] = [
  ['{}', refused(words.isNull('context')), neither],
  ['{ "context": null }', refused(words.isNull('context')), neither],
  ['{ "orderId": null }', refused(words.isNull('context')), neither],
  [
    '{ "context": {} }',
    refused(badRequest(...['type', 'id'].map(at => `context.${at} must not be null (rejected value: null)`))),
    contract.schema,
  ],
  ['{ "context": { "type": "DIRECT", "id": 1 } }', refused(words.illegal('context.type')), contract.schema],
  ['{ "context": { "type": "order", "id": 1 } }', refused(words.illegal('context.type')), contract.schema],
  ['{ "context": { "type": "ORDER", "id": "1" } }', refused(words.illegal('context.id')), contract.schema],
  [`{ "context": { "type": "ORDER", "id": ${maxInt64 + 1n} } }`, refused(words.illegal('context.id')), contract.schema],
  ['{ "context": [] }', refused(words.illegal('context')), contract.schema],
  ['{ "orderId": "abc" }', refused(words.illegal('orderId')), contract.schema],
  ['{ "context": { "type": "ORDER", "id": 0 } }', refused(words.tooLow('context.id', 1, 0)), contract.schema],
  ['{ "context": { "type": "ORDER", "id": 77 } }', refused(words.noOrder(77n)), contract.errors],
  [
    `{ "context": { "type": "RETURN", "id": ${maxInt64 - 1n} } }`,
    refused(words.noReturn(maxInt64 - 1n)),
    contract.errors,
  ],
  [`{ "orderId": ${maxInt64 - 1n} }`, refused(words.noOrder(maxInt64 - 1n)), contract.errors],
]

/** The chat that is written to is the one of this order. */
const opensTheChat: Expecting = source => (reply, probe) =>
  compare(reply, {
    at: 'result.chatId',
    expected: `${probe.need('writeChat')}`,
    got: `${idAt(reply.json, 'result', 'chatId')}`,
    source,
  })

const opened = (rule: Said, source: Source, jsonOf: (probe: Probe) => unknown) =>
  asking('createChat', rule, { source, bend: (call, probe) => withJson(call, jsonOf(probe)), expects: opensTheChat })

const changesNothing = checkOf(
  'createChat',
  { en: 'a chat that is there is found and not changed', ru: 'уже открытый чат находится и не меняется' },
  {
    source: choice('createChat that finds a chat'),
    calls: 6,
    run: twiceIfItDiffers(async probe => {
      const look = withQuery(probe.call('getChat', { chatId: probe.need('writeChat') }), {})
      const before = await probe.read(look)
      await probe.read(probe.call('createChat'))
      const after = await probe.read(look)
      return compareAnswers(after, before, choice('createChat that finds a chat'))
    }),
  },
)

const answersTheId = asking(
  'createChat',
  { en: 'the answer has the chat id alone', ru: 'в ответе только номер чата' },
  {
    source: contract.schema,
    expects: source => (reply, probe) =>
      compare(reply, {
        at: 'body',
        expected: `{"status":"OK","result":{"chatId":${probe.need('writeChat')}}}`,
        got: reply.text.replaceAll(/\s/g, ''),
        source,
      }),
  },
)

const opensOne = checkOf(
  'createChat',
  {
    en: 'an order without a chat gets one, and the same to all callers',
    ru: 'у заказа без чата он появляется, один на всех',
  },
  {
    source: contract.chats,
    needs: ['freshOrder'],
    calls: 4,
    run: async probe => {
      const call = withJson(probe.call('createChat'), { context: { type: 'ORDER', id: probe.need('freshOrder') } })
      const [one, two] = await Promise.all([probe.send(call), probe.send(call)])
      const [first, second] = [one, two].map(({ json }) => `${idAt(json, 'result', 'chatId')}`)
      const read = await probe.send(withQuery(probe.call('getChat'), { chatId: `${first}` }))
      return [
        ...compare(two, { at: 'result.chatId', expected: first, got: second, source: contract.chats }),
        ...compare(read, {
          at: 'result.context.orderId',
          expected: `${probe.need('freshOrder')}`,
          got: `${field(read.json, 'result', 'context', 'orderId')}`,
          source: contract.chats,
        }),
      ]
    },
  },
)

/** How a chat is opened. */
export const createChat: Check[] = [
  ...refusedBodies.map(([json, expects, source]) =>
    asking(
      'createChat',
      { en: `${json} ${silent.en}`, ru: `${json}: ${silent.ru}` },
      { source, bend: call => withText(call, json), expects },
    ),
  ),
  asking(
    'createChat',
    { en: "another business's order is no order", ru: 'заказ другого кабинета: отказ 404' },
    {
      source: choice('a chat, message, order or campaign of another business'),
      needs: ['foreignOrderId'],
      bend: (call, probe) => withJson(call, { orderId: probe.need('foreignOrderId') }),
      expects: refused(probe => words.noOrder(probe.need('foreignOrderId'))),
    },
  ),
  opened(
    { en: 'context wins over the deprecated orderId', ru: 'context важнее устаревшего orderId' },
    choice('createChat with context and orderId'),
    probe => ({
      orderId: 77,
      context: { type: 'ORDER', id: probe.need('writeOrder') },
    }),
  ),
  opened(
    { en: 'the deprecated orderId alone will do', ru: 'достаточно устаревшего orderId' },
    contract.schema,
    probe => ({ orderId: probe.need('writeOrder') }),
  ),
  changesNothing,
  answersTheId,
  opensOne,
]
