import { maxInt64, type OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { havingQuery, ofBusiness, owned, pathWith, withJsonBody } from '../../check/subjects.ts'
import { accepted, differ, status } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { type Refused, words } from '../../expect/words.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import { withJson, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { notInt64, notPositive } from './numbers.ts'

const is400 = (what: string) => ({ en: `${what} is refused with 400`, ru: `${what}: отказ 400` })

/** What is refused wherever an id is read from a text. */
function misfits(id: string): { text: string; expected: Refused }[] {
  return [
    ...notInt64.map(text => ({ text, expected: words.mismatch(text) })),
    ...notPositive.map(text => ({ text, expected: words.tooLow(id, 1, text) })),
  ]
}

function inPath(name: OperationName): Check[] {
  const id = ofBusiness.includes(name) ? 'businessId' : 'campaignId'
  return misfits(id).map(({ text, expected }) =>
    asking(name, is400(`${id} ${text} in the path`), {
      source: contract.schema,
      bend: call => ({ ...call, path: pathWith(name, encodeURIComponent(text)) }),
      expects: refused(expected),
    }),
  )
}

function leftOut(name: OperationName): Check {
  return asking(
    name,
    { en: 'an id left out of the path is not found', ru: 'путь без идентификатора не найден' },
    {
      source: choice('an id left out of a path (`/v2/businesses//chats`)'),
      bend: call => ({ ...call, path: pathWith(name, '') }),
      expects: refused(words.noResource),
    },
  )
}

function inQuery(name: OperationName, id: string): Check[] {
  const wrong = misfits(id).map(({ text, expected }) =>
    asking(name, is400(`${id} ${text}`), {
      source: contract.schema,
      bend: call => withQuery(call, { [id]: text }),
      expects: refused(expected),
    }),
  )
  const absent = asking(name, is400(`no ${id}`), {
    source: contract.schema,
    bend: ({ query: { [id]: _absent, ...query }, ...call }) => ({ ...call, query }),
    expects: refused(words.absent(id)),
  })
  const empty = asking(name, is400(`an empty ${id}`), {
    source: choice('repeated query parameter; empty one'),
    bend: call => withQuery(call, { [id]: '' }),
    expects: refused(words.absent(id)),
  })
  const repeated = asking(
    name,
    { en: `the first of two ${id} counts`, ru: `из двух ${id} считается первый` },
    {
      source: choice('repeated query parameter; empty one'),
      bend: ({ query, ...call }) => ({
        ...call,
        path: `${call.path}?${new URLSearchParams(query)}&${id}=abc`,
        query: {},
      }),
      expects: accepted,
    },
  )
  const long = asking(
    name,
    { en: `an endless ${id} is not repeated in full`, ru: `длинный ${id} не повторяется целиком` },
    {
      source: contract.errors,
      bend: call => withQuery(call, { [id]: 'x'.repeat(9000) }),
      expects: source => (reply, probe) => [
        ...status(400)(source)(reply, probe),
        ...(reply.text.length < 300
          ? []
          : [differ(reply, { at: 'body', expected: 'less than 300 characters', got: `${reply.text.length}`, source })]),
      ],
    },
  )
  return [...wrong, absent, empty, repeated, long]
}

function unknownChats(name: OperationName): Check[] {
  const nobody = ['2', `${maxInt64}`].map(text =>
    asking(
      name,
      { en: `chatId ${text} of no chat is refused with 404`, ru: `chatId ${text} несуществующего чата: отказ 404` },
      {
        source: contract.errors,
        bend: call => withQuery(call, { chatId: text }),
        expects: refused(words.noChat(text)),
      },
    ),
  )
  const foreign = asking(
    name,
    { en: 'the chat of another business is refused with 404', ru: 'чат другого кабинета: отказ 404' },
    {
      source: choice('a chat, message, order or campaign of another business'),
      needs: ['foreignChat'],
      bend: (call, probe) => withQuery(call, { chatId: `${probe.need('foreignChat')}` }),
      expects: refused(probe => words.noChat(`${probe.need('foreignChat')}`)),
    },
  )
  return [...nobody, foreign]
}

function onlyInQuery(name: OperationName): Check {
  return asking(name, is400('chatId in the body alone'), {
    source: observed,
    bend: call => ({ ...withJson(call, { chatId: chatOf(call.query), message: 'abc' }), query: {} }),
    expects: refused(words.absent('chatId')),
  })
}

const chatOf = ({ chatId = '1' }: Readonly<Record<string, string>>) => BigInt(chatId)

const unknownMessage = asking(
  'getChatMessage',
  { en: 'a message that the chat does not have is refused with 404', ru: 'сообщение, которого в чате нет: отказ 404' },
  {
    source: contract.errors,
    bend: call => withQuery(call, { messageId: `${maxInt64}` }),
    expects: refused((probe: Probe) => words.noMessage(`${maxInt64}`, probe.need('chatId'))),
  },
)

/** Ids in paths and queries. */
export const ids: Check[] = [
  ...owned.flatMap(name => [...inPath(name), leftOut(name)]),
  ...havingQuery('chatId').flatMap(name => [...inQuery(name, 'chatId'), ...unknownChats(name)]),
  ...inQuery('getChatMessage', 'messageId'),
  ...havingQuery('chatId')
    .filter(name => withJsonBody.includes(name))
    .map(onlyInQuery),
  unknownMessage,
]
