import type { OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { compare, differ, ofSuccess } from '../../expect/expectation.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withQuery } from '../../http/call.ts'
import { field, items } from '../../scene/read.ts'

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/

type Dated = { name: OperationName; list: readonly string[]; fields: readonly string[] }
const dated: Dated[] = [
  { name: 'getChats', list: ['result', 'chats'], fields: ['createdAt', 'updatedAt'] },
  { name: 'getChat', list: ['result'], fields: ['createdAt', 'updatedAt'] },
  { name: 'getChatHistory', list: ['result', 'messages'], fields: ['createdAt'] },
  { name: 'getChatMessage', list: ['result'], fields: ['createdAt'] },
  { name: 'getBusinessOrders', list: ['orders'], fields: ['creationDate', 'updateDate'] },
]

function formOf({ name, list, fields }: Dated): Check {
  return asking(
    name,
    { en: 'dates are to the second, with +03:00', ru: 'даты до секунды, со смещением +03:00' },
    {
      source: choice('REST dates'),
      expects: ofSuccess(source => reply => {
        const many = items(reply.json, ...list)
        const all = many.length > 0 ? many : [field(reply.json, ...list)]
        return all.flatMap(item =>
          fields.flatMap(key => {
            const got = field(item, key)
            const isRight = got === undefined || (typeof got === 'string' && form.test(got))
            return isRight ? [] : [differ(reply, { at: key, expected: '2026-01-16T10:09:49+03:00', got, source })]
          }),
        )
      }),
    },
  )
}

const untouched = asking(
  'getChat',
  {
    en: 'a chat without messages is NEW and was updated when it was created',
    ru: 'чат без сообщений в статусе NEW, updatedAt равен createdAt',
  },
  {
    source: choice('updatedAt of a chat without messages'),
    needs: ['emptyChat'],
    bend: (call, probe) => withQuery(call, { chatId: `${probe.need('emptyChat')}` }),
    expects: ofSuccess(source => reply => [
      ...compare(reply, {
        at: 'result.status',
        expected: 'NEW',
        got: field(reply.json, 'result', 'status'),
        source: contract.chats,
      }),
      ...compare(reply, {
        at: 'result.updatedAt',
        expected: field(reply.json, 'result', 'createdAt'),
        got: field(reply.json, 'result', 'updatedAt'),
        source,
      }),
    ]),
  },
)

const inOrder = asking(
  'getChat',
  { en: 'no chat was updated before it was created', ru: 'чат обновлён не раньше, чем создан' },
  {
    source: contract.chats,
    expects: ofSuccess(source => reply => {
      const [created, updated] = ['createdAt', 'updatedAt'].map(key =>
        Date.parse(String(field(reply.json, 'result', key))),
      )
      const isRight = (updated ?? 0) >= (created ?? 0)
      return isRight
        ? []
        : [differ(reply, { at: 'result.updatedAt', expected: 'not before createdAt', got: 'before it', source })]
    }),
  },
)

/** When things happened. */
export const dates: Check[] = [...dated.map(formOf), untouched, inOrder]
