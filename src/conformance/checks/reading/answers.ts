import { type OperationName, operations } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { operationNames } from '../../check/subjects.ts'
import { twiceIfItDiffers } from '../../check/twice.ts'
import { declares } from '../../expect/declared.ts'
import { compare, differ, ofSuccess } from '../../expect/expectation.ts'
import type { Difference, Said } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Reply, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field, idAt, items } from '../../scene/read.ts'
import type { Need } from '../../scene/things.ts'

const responseOf = (name: OperationName) => operations[name].response

const declared = operationNames.map(name =>
  asking(
    name,
    { en: 'the answer is what is declared', ru: 'ответ соответствует схеме' },
    {
      source: contract.schema,
      expects: declares(responseOf(name)),
    },
  ),
)

type Kind = Extract<Need, `${string}Chat`>
const kinds: [need: Kind, told: Said][] = [
  ['orderChat', { en: 'a chat about an order', ru: 'чата по заказу' }],
  ['returnChat', { en: 'a chat about a return', ru: 'чата по возврату' }],
  ['directChat', { en: 'a direct chat', ru: 'прямого чата' }],
  ['emptyChat', { en: 'a chat without messages', ru: 'чата без сообщений' }],
  ['mixedChat', { en: 'a chat with texts and files', ru: 'чата с текстом и файлами' }],
  ['giantChat', { en: 'a chat whose order id is beyond 2^53', ru: 'чата с номером заказа больше 2^53' }],
]

const ofKinds = (['getChat', 'getChatHistory'] as const).flatMap(name =>
  kinds.map(([need, { en, ru }]) =>
    asking(
      name,
      { en: `the answer for ${en} is what is declared`, ru: `ответ для ${ru} соответствует схеме` },
      {
        source: contract.schema,
        needs: [need],
        bend: (call, probe) => withQuery(call, { chatId: `${probe.need(need)}` }),
        expects: declares(responseOf(name)),
      },
    ),
  ),
)

const sample = 8

type Member = {
  list: OperationName
  single: OperationName
  path: readonly string[]
  id: 'chatId' | 'messageId'
  need: Need
}
const members: Member[] = [
  { list: 'getChats', single: 'getChat', path: ['result', 'chats'], id: 'chatId', need: 'severalChats' },
  {
    list: 'getChatHistory',
    single: 'getChatMessage',
    path: ['result', 'messages'],
    id: 'messageId',
    need: 'mixedChat',
  },
]

/** Links of files are signed anew for each answer. */
const withoutLinks = (value: unknown) =>
  JSON.stringify(value, (key, item) => (key === 'url' ? '…' : typeof item === 'bigint' ? `${item}` : item))

function sameAlone({ list, single, path, id, need }: Member): Check {
  return checkOf(
    single,
    { en: `an item of ${list} read alone is the same`, ru: `элемент из ${list} при отдельном чтении такой же` },
    {
      source: contract.chats,
      needs: [need],
      calls: 2 * (sample + 1),
      run: twiceIfItDiffers(async probe => {
        const chat = list === 'getChatHistory' ? { chatId: `${probe.need('mixedChat')}` } : {}
        const page = await probe.read(withQuery(probe.call(list), { ...chat, limit: `${sample}` }))
        const differences: Difference[] = []
        for (const item of items(page.json, ...path)) {
          const reply = await probe.read(withQuery(probe.call(single), { ...chat, [id]: `${idAt(item, id)}` }))
          const got = withoutLinks(field(reply.json, 'result'))
          const seen = { at: 'result', expected: 'the item of the list', got: 'another', source: contract.chats }
          if (got !== withoutLinks(item)) differences.push(differ(reply, seen))
        }
        return differences
      }),
    },
  )
}

const keysOf = (value: unknown) =>
  Object.keys(typeof value === 'object' && value !== null ? value : {})
    .sort()
    .join(' ')

function context(need: 'orderChat' | 'returnChat' | 'directChat', rule: Said, keys: string): Check {
  return asking('getChat', rule, {
    source: contract.chats,
    needs: [need],
    bend: (call, probe) => withQuery(call, { chatId: `${probe.need(need)}` }),
    expects: ofSuccess(
      source => reply =>
        compare(reply, {
          at: 'result.context',
          expected: keys,
          got: keysOf(field(reply.json, 'result', 'context')),
          source,
        }),
    ),
  })
}

const contexts: Check[] = [
  context(
    'orderChat',
    {
      en: 'a chat about an order names the order and no return',
      ru: 'чат по заказу называет заказ и не называет возврата',
    },
    'campaignId customer orderId type',
  ),
  context(
    'returnChat',
    { en: 'a chat about a return names the return and its order', ru: 'чат по возврату называет возврат и его заказ' },
    'campaignId customer orderId returnId type',
  ),
  context(
    'directChat',
    {
      en: 'a direct chat names neither order, nor return, nor campaign',
      ru: 'прямой чат не называет ни заказа, ни возврата, ни магазина',
    },
    'customer type',
  ),
]

const orderTwice = (need: 'orderChat' | 'returnChat', of: Said) =>
  asking(
    'getChat',
    {
      en: `the deprecated orderId of ${of.en} is the order of its context`,
      ru: `устаревший orderId ${of.ru} совпадает с заказом в context`,
    },
    {
      source: contract.chats,
      needs: [need],
      bend: (call, probe) => withQuery(call, { chatId: `${probe.need(need)}` }),
      expects: ofSuccess(source => reply => {
        const expected = `${idAt(reply.json, 'result', 'context', 'orderId')}`
        return compare(reply, {
          at: 'result.orderId',
          expected,
          got: `${idAt(reply.json, 'result', 'orderId')}`,
          source,
        })
      }),
    },
  )

const noOrder = asking(
  'getChat',
  { en: 'a direct chat has no deprecated orderId', ru: 'у прямого чата нет устаревшего orderId' },
  {
    source: contract.chats,
    needs: ['directChat'],
    bend: (call, probe) => withQuery(call, { chatId: `${probe.need('directChat')}` }),
    expects: ofSuccess(
      source => reply =>
        compare(reply, {
          at: 'result.orderId',
          expected: undefined,
          got: field(reply.json, 'result', 'orderId'),
          source,
        }),
    ),
  },
)

const eitherOr = asking(
  'getChatHistory',
  { en: 'a message has a text or a file, never both', ru: 'в сообщении есть текст или файл, но не оба' },
  {
    source: contract.chats,
    needs: ['mixedChat'],
    bend: (call, probe) => withQuery(call, { chatId: `${probe.need('mixedChat')}` }),
    expects: ofSuccess(
      source => reply =>
        items(reply.json, 'result', 'messages').flatMap((message, index) => {
          const got = ['message', 'payload'].filter(key => field(message, key) !== undefined)
          return compare(reply, {
            at: `result.messages[${index}]`,
            expected: '1 of message, payload',
            got: `${got.length} of message, payload`,
            source,
          })
        }),
    ),
  },
)

const apiKeyHeld = checkOf(
  'getAuthTokenInfo',
  { en: 'the scopes of a key are told again alike', ru: 'доступы ключа каждый раз одинаковы' },
  {
    source: contract.scopes,
    run: async probe => {
      const reply = await probe.read(probe.call('getAuthTokenInfo'))
      const got = items(reply.json, 'result', 'apiKey', 'authScopes').join(' ')
      return compare(reply, {
        at: 'result.apiKey.authScopes',
        expected: (probe.scene.scopes ?? []).join(' '),
        got,
        source: contract.scopes,
      })
    },
  },
)

const digitsOf = (text: string, name: string, id: bigint) => text.split(new RegExp(`"${name}":${id}[,}]`)).length - 1

const digits = (['getChat', 'getChatHistory'] as const).map(name =>
  asking(
    name,
    { en: 'an order id beyond 2^53 comes digit for digit', ru: 'номер заказа больше 2^53 приходит цифра в цифру' },
    {
      source: contract.schema,
      needs: ['giantChat', 'giantOrderId'],
      bend: (call, probe) => withQuery(call, { chatId: `${probe.need('giantChat')}` }),
      expects: ofSuccess(
        source => (reply: Reply, probe: Probe) =>
          compare(reply, {
            at: 'orderId',
            expected: '2 times',
            got: `${digitsOf(reply.text.replaceAll(/\s/g, ''), 'orderId', probe.need('giantOrderId'))} times`,
            source,
          }),
      ),
    },
  ),
)

const small = (name: OperationName, path: readonly string[], id: string) =>
  asking(
    name,
    { en: `each ${id} fits a JavaScript number`, ru: `каждый ${id} помещается в число JavaScript` },
    {
      source: choice('own ids'),
      expects: ofSuccess(
        source => reply =>
          items(reply.json, ...path).flatMap(item => {
            const own = idAt(item, id) ?? 0n
            const seen = { at: id, expected: 'up to 9007199254740991', got: `${own}`, source }
            return own <= BigInt(Number.MAX_SAFE_INTEGER) ? [] : [differ(reply, seen)]
          }),
      ),
    },
  )

/** What is answered to those who may ask and ask right. */
export const answers: Check[] = [
  ...declared,
  ...ofKinds,
  ...members.map(sameAlone),
  ...contexts,
  orderTwice('orderChat', { en: 'a chat about an order', ru: 'чата по заказу' }),
  orderTwice('returnChat', { en: 'a chat about a return', ru: 'чата по возврату' }),
  noOrder,
  eitherOr,
  apiKeyHeld,
  ...digits,
  small('getChats', ['result', 'chats'], 'chatId'),
  small('getChatHistory', ['result', 'messages'], 'messageId'),
]
