import { maxInt64, type Schema } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationOf } from '../../check/subjects.ts'
import { accepted, differ, type Expecting, status } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequest, words } from '../../expect/words.ts'
import type { Said, Source } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withJson, withText } from '../../http/call.ts'

const { properties = {} }: Schema = operationOf('getChats').body ?? {}

/** A value that fits the items of a filter. */
function fittingValue({ items = {} }: Schema): unknown {
  if (items.properties)
    return Object.fromEntries(
      Object.entries(items.properties).map(([key, each]) => [key, fittingValue({ items: each })]),
    )
  return items.enum?.[0] ?? 77
}

const asked = (rule: Said, json: unknown, expects: Expecting, source: Source = contract.schema) =>
  asking('getChats', rule, { source, bend: call => withJson(call, json), expects })

const is400 = (what: string): Said => ({ en: `${what} is refused with 400`, ru: `${what}: отказ 400` })
const fits = (what: string): Said => ({ en: `${what} is accepted`, ru: `${what} принимается` })

function checksOf([field, schema]: [string, Schema]): Check[] {
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

const wrongItems: [json: string, at: string][] = [
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

/** What getChats may be asked for. */
export const filters: Check[] = [
  ...Object.entries(properties).flatMap(checksOf),
  ...wrongItems.map(([json, at]) =>
    asking('getChats', is400(json), {
      source: contract.schema,
      bend: call => withText(call, json),
      expects: refused(words.illegal(at)),
    }),
  ),
  ...whole,
]
