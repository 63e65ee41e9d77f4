import { maxInt64, type Schema } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationOf } from '../../check/subjects.ts'
import { accepted, differ, type Expecting, status } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequest, words } from '../../expect/words.ts'
import type { Said, Source } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withJson, withText } from '../../http/call.ts'

type Listing = 'getChats' | 'getBusinessOrders'

/** The filters of a list that take several values. */
function filtersOf(name: Listing): [string, Schema][] {
  const { properties = {} }: Schema = operationOf(name).body ?? {}
  return Object.entries(properties).filter(([, { items }]) => items !== undefined)
}

/** A value that fits the items of a filter. */
function fittingValue({ items = {} }: Schema): unknown {
  if (items.properties)
    return Object.fromEntries(
      Object.entries(items.properties).map(([key, each]) => [key, fittingValue({ items: each })]),
    )
  return items.enum?.[0] ?? (items.type === 'string' ? 'abc' : 77)
}

const askedOf =
  (name: Listing) =>
  (rule: Said, json: unknown, expects: Expecting, source: Source = contract.schema): Check =>
    asking(name, rule, { source, bend: call => withJson(call, json), expects })
const asked = askedOf('getChats')
const askedOrders = askedOf('getBusinessOrders')

const is400 = (what: string): Said => ({ en: `${what} is refused with 400`, ru: `${what}: отказ 400` })
const fits = (what: string): Said => ({ en: `${what} is accepted`, ru: `${what} принимается` })

function checksOf(name: Listing, [field, schema]: [string, Schema]): Check[] {
  const asked = askedOf(name)
  const value = fittingValue(schema)
  const sized = badRequest(new RegExp(`^${field} size must be between 1 and `))
  const repeated = badRequest(`${field} must only contain unique elements (rejected value: [...])`)
  return [
    asked(fits(`${field} null`), { [field]: null }, accepted),
    asked(fits(`${field} with one value`), { [field]: [value] }, accepted),
    asked(is400(`${field} []`), { [field]: [] }, refused(sized)),
    asked(is400(`${field} with a value twice`), { [field]: [value, value] }, refused(repeated)),
    ...[value, 'abc', 5, true].map((other, index) =>
      asked(
        is400(`${field} that is ${index === 0 ? 'one value and no list' : JSON.stringify(other)}`),
        { [field]: other },
        refused(words.illegal(field)),
      ),
    ),
  ]
}

const wrongItems: [json: string, at: string, name?: Listing][] = [
  ['{ "statuses": ["OPEN"] }', 'statuses[0]'],
  ['{ "statuses": ["NEW", "new"] }', 'statuses[1]'],
  ['{ "types": [null] }', 'types[0]'],
  ['{ "contextTypes": ["ORDER", 7] }', 'contextTypes[1]'],
  ['{ "orderIds": ["77"] }', 'orderIds[0]'],
  ['{ "orderIds": [1.5] }', 'orderIds[0]'],
  [`{ "orderIds": [${maxInt64 + 1n}] }`, 'orderIds[0]'],
  ['{ "contexts": [{ "type": "DIRECT", "id": 1 }] }', 'contexts[0].type'],
  ['{ "contexts": [{ "type": "ORDER", "id": "1" }] }', 'contexts[0].id'],
  ['{ "contexts": ["ORDER"] }', 'contexts[0]'],
  ['{ "statuses": ["NEW"] }', 'statuses[0]', 'getBusinessOrders'],
  ['{ "substatuses": ["STARTED", "started"] }', 'substatuses[1]', 'getBusinessOrders'],
  ['{ "programTypes": ["ABC"] }', 'programTypes[0]', 'getBusinessOrders'],
  ['{ "sourcePlatforms": [null] }', 'sourcePlatforms[0]', 'getBusinessOrders'],
  ['{ "orderIds": ["77"] }', 'orderIds[0]', 'getBusinessOrders'],
  [`{ "orderIds": [${maxInt64 + 1n}] }`, 'orderIds[0]', 'getBusinessOrders'],
  ['{ "externalOrderIds": [77] }', 'externalOrderIds[0]', 'getBusinessOrders'],
  ['{ "fake": "true" }', 'fake', 'getBusinessOrders'],
  ['{ "waitingForCancellationApprove": 1 }', 'waitingForCancellationApprove', 'getBusinessOrders'],
  ['{ "dates": "2026-03-01" }', 'dates', 'getBusinessOrders'],
  ['{ "dates": { "creationDateFrom": "01-03-2026" } }', 'dates.creationDateFrom', 'getBusinessOrders'],
  ['{ "dates": { "creationDateTo": "2026-02-30" } }', 'dates.creationDateTo', 'getBusinessOrders'],
  ['{ "dates": { "shipmentDateFrom": 20260301 } }', 'dates.shipmentDateFrom', 'getBusinessOrders'],
  ['{ "dates": { "updateDateTo": "2026-03-01" } }', 'dates.updateDateTo', 'getBusinessOrders'],
]

const manyWrong = choice('several things that do not fit')

const short: Expecting = source => (reply, probe) => {
  const wrong = status(400)(source)(reply, probe)
  if (wrong.length > 0 || reply.text.length < 10_000) return wrong
  return [differ(reply, { at: 'body', expected: 'less than 10000 characters', got: `${reply.text.length}`, source })]
}

const whole: Check[] = [
  asked(
    { en: 'everything that does not fit is told at once', ru: 'обо всём, что не так, сообщается сразу' },
    { contexts: [{ id: 0 }], types: ['X'] },
    refused(
      badRequest(
        'contexts[0].type must not be null (rejected value: null)',
        'contexts[0].id must be greater than or equal to 1 (rejected value: 0)',
        'Illegal input at types[0]',
      ),
    ),
    manyWrong,
  ),
  asked(
    { en: 'the refusal of 60 000 wrong values is short', ru: 'отказ на 60 000 неверных значений короткий' },
    { statuses: Array.from({ length: 60_000 }, () => 'x') },
    short,
    manyWrong,
  ),
  asked(fits('orderIds of any int64'), { orderIds: [-maxInt64 - 1n, -1, 0, maxInt64] }, accepted),
]

const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const far = { creationDateFrom: '2026-01-01', creationDateTo: '2026-02-01' }

const ofOrders: Check[] = [
  ...['orderIds', 'campaignIds'].flatMap(field => [
    askedOrders(fits(`${field} of 50 values`), { [field]: many(50) }, accepted),
    askedOrders(
      is400(`${field} of 51 values`),
      { [field]: many(51) },
      refused(badRequest(new RegExp(`^${field} size must be between 1 and 50 `))),
    ),
  ]),
  askedOrders(fits('orderIds of any int64'), { orderIds: [-maxInt64 - 1n, -1, 0, maxInt64] }, accepted),
  askedOrders(fits('a period of 30 days'), { dates: { ...far, creationDateTo: '2026-01-31' } }, accepted),
  askedOrders(is400('a period of 31 days'), { dates: far }, status(400)),
  askedOrders(fits('fake null'), { fake: null }, accepted, choice('optional fields of a request that are null')),
]

/** What lists may be asked for. */
export const filters: Check[] = [
  ...(['getChats', 'getBusinessOrders'] as const).flatMap(name =>
    filtersOf(name).flatMap(filter => checksOf(name, filter)),
  ),
  ...wrongItems.map(([json, at, name = 'getChats']) =>
    asking(name, is400(json), {
      source: contract.schema,
      bend: call => withText(call, json),
      expects: refused(words.illegal(at)),
    }),
  ),
  ...whole,
  ...ofOrders,
]
