import { chatTypes, openableContextTypes } from '#contract'
import { type Check, checkOf } from '../../check/check.ts'
import { compare, differ } from '../../expect/expectation.ts'
import type { Difference, Said } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Reply, withJson, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field, idAt, items } from '../../scene/read.ts'
import type { Need } from '../../scene/things.ts'

const find = (probe: Probe, json: unknown) =>
  probe.read(withQuery(withJson(probe.call('getChats'), json), { limit: '20' }))
const chatsIn = ({ json }: Reply) => items(json, 'result', 'chats')

/** What a filter of one kind finds has that kind. */
function finds(rule: Said, json: object, path: readonly string[], word: string): Check {
  return checkOf('getChats', rule, {
    source: contract.chats,
    run: async probe => {
      const reply = await find(probe, json)
      return chatsIn(reply).flatMap((chat, index): Difference[] => {
        const at = `result.chats[${index}].${path.join('.')}`
        return compare(reply, { at, expected: word, got: field(chat, ...path), source: contract.chats })
      })
    },
  })
}

const finding = (what: string): Said => ({
  en: `${what} finds chats of that kind alone`,
  ru: `${what} находит чаты только этого вида`,
})

const kinds: Check[] = [
  ...openableContextTypes.map(word =>
    finds(finding(`contextTypes ${word}`), { contextTypes: [word] }, ['context', 'type'], word),
  ),
  ...chatTypes.map(word => finds(finding(`types ${word}`), { types: [word] }, ['type'], word)),
]

function findsByOrder(rule: Said, needs: readonly Need[], jsonOf: (probe: Probe) => object): Check {
  const source = contract.chats
  return checkOf('getChats', rule, {
    source,
    needs,
    run: async probe => {
      const orderId = probe.need(needs[0] === 'giantOrderId' ? 'giantOrderId' : 'orderId')
      const reply = await find(probe, jsonOf(probe))
      const found = chatsIn(reply)
      if (found.length === 0) return [differ(reply, { at: 'result.chats', expected: 'a chat', got: 'none', source })]
      return found.flatMap((chat, index) =>
        compare(reply, {
          at: `result.chats[${index}].context.orderId`,
          expected: `${orderId}`,
          got: `${idAt(chat, 'context', 'orderId')}`,
          source,
        }),
      )
    },
  })
}

const byOrder: Check[] = [
  findsByOrder(
    { en: 'contexts finds the chat of an order', ru: 'contexts находит чат заказа' },
    ['orderId'],
    probe => ({
      contexts: [{ type: 'ORDER', id: probe.need('orderId') }],
    }),
  ),
  findsByOrder(
    { en: 'orderIds finds the chat of an order', ru: 'orderIds находит чат заказа' },
    ['orderId'],
    probe => ({
      orderIds: [probe.need('orderId')],
    }),
  ),
  findsByOrder(
    { en: 'contexts finds an order id beyond 2^53', ru: 'contexts находит номер заказа больше 2^53' },
    ['giantOrderId'],
    probe => ({
      contexts: [{ type: 'ORDER', id: probe.need('giantOrderId') }],
    }),
  ),
  findsByOrder(
    { en: 'orderIds finds an order id beyond 2^53', ru: 'orderIds находит номер заказа больше 2^53' },
    ['giantOrderId'],
    probe => ({
      orderIds: [probe.need('giantOrderId')],
    }),
  ),
]

const joinedByAnd = checkOf(
  'getChats',
  { en: 'filters join by AND', ru: 'фильтры соединяются через И' },
  {
    source: choice('getChats filters'),
    needs: ['orderId'],
    run: async probe => {
      const reply = await find(probe, { orderIds: [probe.need('orderId')], contextTypes: ['DIRECT'] })
      const got = `${chatsIn(reply).length} chats`
      return compare(reply, { at: 'result.chats', expected: '0 chats', got, source: choice('getChats filters') })
    },
  },
)

const newestFirst = checkOf(
  'getChats',
  { en: 'the chat updated last comes first', ru: 'первым идёт чат, обновлённый последним' },
  {
    source: choice('getChats order'),
    needs: ['severalChats'],
    run: async probe => {
      const reply = await find(probe, {})
      const times = chatsIn(reply).map(chat => Date.parse(String(field(chat, 'updatedAt'))))
      const isSorted = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time))
      const seen = {
        at: 'result.chats[].updatedAt',
        expected: 'descending',
        got: 'another order',
        source: choice('getChats order'),
      }
      return isSorted ? [] : [differ(reply, seen)]
    },
  },
)

/** What the filters of getChats find. */
export const foundChats: Check[] = [...kinds, ...byOrder, joinedByAnd, newestFirst]
