import { maxInt64 } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { twiceIfItDiffers } from '../../check/twice.ts'
import { compare, compareAnswers, ofSuccess } from '../../expect/expectation.ts'
import type { Said } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Call, type Reply, withJson, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field, idAt, items } from '../../scene/read.ts'
import type { Need } from '../../scene/things.ts'

const name = 'getBusinessOrders'
const idsOf = ({ json }: Reply) => items(json, 'orders').map(order => idAt(order, 'orderId'))
const listed = (reply: Reply) => idsOf(reply).join(', ')

const withoutStatus = asking(
  name,
  { en: 'the answer has no status', ru: 'в ответе нет status' },
  {
    source: contract.schema,
    expects: ofSuccess(
      source => reply =>
        compare(reply, { at: 'status', expected: undefined, got: field(reply.json, 'status'), source }),
    ),
  },
)

/** Asked with a filter that no order of the business fits. */
function findsNone(rule: Said, needs: readonly Need[], filter: (probe: Probe) => object): Check {
  return asking(name, rule, {
    source: choice('ids of orders and campaigns that the business does not have'),
    needs,
    bend: (call, probe) => withJson(call, filter(probe)),
    expects: ofSuccess(source => reply => [
      ...compare(reply, { at: 'orders', expected: [], got: field(reply.json, 'orders'), source }),
      ...compare(reply, { at: 'paging', expected: {}, got: field(reply.json, 'paging'), source }),
    ]),
  })
}

const none: Check[] = [
  findsNone({ en: 'an order that nobody has is not listed', ru: 'несуществующего заказа в списке нет' }, [], () => ({
    orderIds: [maxInt64 - 1n],
  })),
  findsNone(
    { en: 'the order of another business is not listed', ru: 'заказа другого кабинета в списке нет' },
    ['foreignOrderId'],
    probe => ({ orderIds: [probe.need('foreignOrderId')] }),
  ),
  findsNone(
    { en: 'of a campaign that nobody has no order is listed', ru: 'у несуществующего магазина заказов нет' },
    [],
    () => ({ campaignIds: [maxInt64] }),
  ),
  findsNone(
    { en: 'of the campaign of another business no order is listed', ru: 'у магазина другого кабинета заказов нет' },
    ['foreignKey'],
    probe => ({ campaignIds: [probe.need('foreignKey').campaignId] }),
  ),
]

const byId = asking(
  name,
  { en: 'an order is found by its id', ru: 'заказ находится по номеру' },
  {
    source: contract.schema,
    needs: ['listedOrder'],
    bend: (call, probe) => withJson(call, { orderIds: [probe.need('listedOrder'), maxInt64 - 1n] }),
    expects: ofSuccess(
      source => (reply, probe) =>
        compare(reply, { at: 'orders', expected: `${probe.need('listedOrder')}`, got: listed(reply), source }),
    ),
  },
)

const ofChat = asking(
  name,
  {
    en: 'the order of a chat is found by its id, however old it is',
    ru: 'заказ из чата находится по номеру, даже старый',
  },
  {
    source: choice('getBusinessOrders without dates'),
    needs: ['orderId'],
    bend: (call, probe) => withJson(call, { orderIds: [probe.need('orderId')] }),
    expects: ofSuccess(
      source => (reply, probe) =>
        compare(reply, { at: 'orders', expected: `${probe.need('orderId')}`, got: listed(reply), source }),
    ),
  },
)

const giant = asking(
  name,
  { en: 'an order id beyond 2^53 comes digit for digit', ru: 'номер заказа больше 2^53 приходит цифра в цифру' },
  {
    source: contract.schema,
    needs: ['giantOrderId'],
    bend: (call, probe) => withJson(call, { orderIds: [probe.need('giantOrderId')] }),
    expects: ofSuccess(
      source => (reply, probe) =>
        compare(reply, { at: 'orders', expected: `${probe.need('giantOrderId')}`, got: listed(reply), source }),
    ),
  },
)

const ordered = asking(
  name,
  { en: 'the newest order comes first', ru: 'сначала новые заказы' },
  {
    source: choice('getBusinessOrders order'),
    needs: ['severalOrders'],
    expects: ofSuccess(source => reply => {
      const dates = items(reply.json, 'orders').map(order => Date.parse(String(field(order, 'creationDate'))))
      const sorted = dates.toSorted((one, two) => two - one)
      return compare(reply, { at: 'orders', expected: sorted.join(' '), got: dates.join(' '), source })
    }),
  },
)

/** Answered like another call that asks for the same in other words. */
function sameAs(rule: Said, one: (call: Call) => Call, other: (call: Call) => Call): Check {
  return checkOf(name, rule, {
    source: contract.schema,
    needs: ['listedOrder'],
    calls: 4,
    run: twiceIfItDiffers(async probe => {
      const expected = await probe.read(other(probe.call(name)))
      return compareAnswers(await probe.read(one(probe.call(name))), expected, contract.schema)
    }),
  })
}

const cut: Check[] = ['51', '1000', '2147483647'].map(limit =>
  sameAs(
    { en: `limit ${limit} is cut to 50`, ru: `limit ${limit} читается как 50` },
    call => withQuery(call, { limit }),
    call => withQuery(call, { limit: '50' }),
  ),
)

const byDefault = sameAs(
  { en: 'a page has up to 50 orders by default', ru: 'на странице по умолчанию до 50 заказов' },
  call => call,
  call => withQuery(call, { limit: '50' }),
)

/** The orders of a business: which are listed, and how. */
export const orders: Check[] = [withoutStatus, ...none, byId, ofChat, giant, ordered, ...cut, byDefault]
