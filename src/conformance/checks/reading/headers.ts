import { ErrorResponse, headers as names, type OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationNames, operationOf, queryOf } from '../../check/subjects.ts'
import { declares } from '../../expect/declared.ts'
import { compare, differ, type Expecting, status } from '../../expect/expectation.ts'
import type { Said, Source } from '../../findings/finding.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import { type Call, withCredentials, withHeaders, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import type { Need } from '../../scene/things.ts'

type Situation = { when: Said; status: number; needs: readonly Need[]; bend: (call: Call, probe: Probe) => Call }

const situations: Situation[] = [
  { when: { en: 'an answer of success', ru: 'успешный ответ' }, status: 200, needs: [], bend: call => call },
  {
    when: { en: 'a refusal without a key', ru: 'отказ без ключа' },
    status: 401,
    needs: [],
    bend: call => withCredentials(call, {}),
  },
  {
    when: { en: 'a refusal of a foreign key', ru: 'отказ чужому ключу' },
    status: 403,
    needs: ['foreignKey'],
    bend: (call, probe) => withHeaders(call, { [names.apiKey]: probe.need('foreignKey').token }),
  },
  {
    when: { en: 'a refusal of an unknown chat', ru: 'отказ на неизвестный чат' },
    status: 404,
    needs: [],
    bend: call => withQuery(call, { chatId: '2' }),
  },
]

/** A date as RFC 822 has it; its weekday is nobody's to check. */
const date = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|UT|[+-]\d{4})$/
const hourMs = 60 * 60 * 1000

/** Clocks may differ by so much. */
const slackMs = 5 * 60 * 1000

const limitsOf =
  (perHour: number): Expecting =>
  source =>
  reply => {
    const { [names.limit]: limit, [names.remaining]: remaining, [names.until]: until = '' } = reply.headers
    const left = Number(remaining ?? Number.NaN)
    const leftMs = Date.parse(until) - (Date.parse(reply.headers['date'] ?? '') || Date.parse(until))
    const isLeft = Number.isInteger(left) && left >= 0 && left <= perHour
    const isDate = date.test(until) && leftMs <= hourMs + slackMs
    const rows = [
      { at: names.limit, isRight: limit === `${perHour}`, expected: perHour, got: limit },
      { at: names.remaining, isRight: isLeft, expected: `0 to ${perHour}`, got: remaining },
      { at: names.until, isRight: isDate, expected: 'a date of RFC 822 within the hour', got: until },
    ]
    return rows.flatMap(({ at, isRight, ...seen }) =>
      isRight ? [] : [differ(reply, { at: `header ${at}`, source, ...seen })],
    )
  }

const fullHour: Expecting = source => reply => {
  const until = reply.headers[names.until] ?? ''
  return / \d\d:00:00 /.test(until)
    ? []
    : [differ(reply, { at: `header ${names.until}`, expected: 'a full hour', got: until, source })]
}

const pattern =
  (header: string, right: RegExp, expected: string): Expecting =>
  source =>
  reply => {
    const got = reply.headers[header]
    return right.test(got ?? '') ? [] : [differ(reply, { at: `header ${header}`, expected, got, source })]
  }

const trace = pattern(names.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/, '00-…-…-01')
const json = pattern('content-type', /^application\/json(; ?charset=utf-8)?$/i, 'application/json')

function checksOf(name: OperationName, { when, needs, bend, status }: Situation): Check[] {
  const has = (what: Said, expects: Expecting, source: Source) =>
    asking(
      name,
      { en: `${when.en} has ${what.en}`, ru: `${when.ru}: есть ${what.ru}` },
      { source, needs, bend, expects },
    )
  return [
    has(
      { en: 'the rate-limit headers', ru: 'заголовки лимитов' },
      limitsOf(operationOf(name).perHour),
      status === 401 ? choice('rate-limit headers') : contract.limits,
    ),
    has({ en: 'a limit until the full hour', ru: 'лимит до конца часа' }, fullHour, choice('the hour')),
    has({ en: 'a trace', ru: 'traceparent' }, trace, contract.request),
    has({ en: 'the type of JSON', ru: 'тип JSON' }, json, contract.request),
    ...(status === 200 ? [] : [envelope(name, { when, needs, bend, status })]),
  ]
}

/** Those that are refused there. */
function envelope(name: OperationName, { when, needs, bend, status }: Situation): Check {
  return asking(
    name,
    { en: `${when.en} has the envelope of errors and nothing else`, ru: `${when.ru}: конверт ошибок и ничего больше` },
    {
      source: contract.errors,
      needs,
      bend,
      expects: declares(ErrorResponse, status),
    },
  )
}

const isIn = (name: OperationName, { status }: Situation) =>
  (status !== 404 || queryOf(name).properties?.['chatId'] !== undefined) &&
  (status !== 403 || operationOf(name).path.includes('{'))

const costsNothing = asking(
  'getChats',
  {
    en: 'a wrong verb has the limits of the path and costs nothing',
    ru: 'неверный метод не расходует лимит и возвращает заголовки лимитов пути',
  },
  {
    source: choice('rate-limit headers'),
    bend: ({ body: _body, ...call }) => ({ ...withCredentials(call, {}), verb: 'DELETE' }),
    expects: source => (reply, probe) => [
      ...compare(reply, {
        at: `header ${names.limit}`,
        expected: `${operationOf('getChats').perHour}`,
        got: reply.headers[names.limit],
        source,
      }),
      ...compare(reply, {
        at: `header ${names.remaining}`,
        expected: `${operationOf('getChats').perHour}`,
        got: reply.headers[names.remaining],
        source,
      }),
      ...fullHour(source)(reply, probe),
    ],
  },
)

const nowhere: Check = {
  subject: 'transport',
  rule: { en: 'an unknown path has no rate-limit headers', ru: 'у неизвестного пути нет заголовков лимитов' },
  source: choice('rate-limit headers'),
  needs: [],
  writes: false,
  calls: 1,
  run: async probe => {
    const reply = await probe.send({ subject: 'transport', verb: 'GET', path: '/v2/nothing', query: {}, headers: {} })
    const got = Object.keys(reply.headers)
      .filter(name => name.startsWith('x-ratelimit'))
      .join(', ')
    return [
      ...status(404)(observed)(reply, probe),
      ...compare(reply, { at: 'headers', expected: '', got, source: choice('rate-limit headers') }),
    ]
  },
}

/** What every answer carries. */
export const headers: Check[] = [
  ...operationNames.flatMap(name => situations.filter(each => isIn(name, each)).flatMap(each => checksOf(name, each))),
  costsNothing,
  nowhere,
]
