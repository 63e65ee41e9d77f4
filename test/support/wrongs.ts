/** What may be wrong with a server, one of each kind, and the checks that must tell of it: all of them, and no others. */
import type { Verdict } from '#conformance'
import { headers as names, type OperationName, operations } from '#contract'
import type { Answered, Asked, Bend } from './bending-proxy.ts'

type Wrong = Bend & { what: string; told: string[]; verdict?: Verdict }
type Fits = (asked: Asked) => boolean

const calls =
  (name: OperationName, more: Fits = () => true): Fits =>
  asked => {
    const { verb, path } = operations[name]
    const end = path.replace(/^.*\}|^\/v2/, '')
    return asked.verb === verb && asked.path.replace(/\.json$/, '').endsWith(end) && more(asked)
  }

const when =
  (fits: Fits, bend: (answered: Answered) => Partial<Answered>): NonNullable<Bend['answers']> =>
  (answered, asked) =>
    fits(asked) ? { ...answered, ...bend(answered) } : undefined

const replacing =
  (from: string | RegExp, to: string) =>
  ({ text }: Answered) => ({ text: text.replace(from, to) })

const dropping =
  (gone: RegExp) =>
  ({ headers }: Answered) => ({
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !gone.test(name))),
  })

const hasKey: Fits = ({ headers }) => headers[names.apiKey] !== undefined
const isCampaign: Fits = ({ verb, path }) => verb === 'GET' && /^(\/v2)?\/campaigns\/\d+(\.json)?$/.test(path)
const limitOf = ({ query }: Asked) => query.get('limit')
const chatOf = ({ query }: Asked) => query.get('chatId')

export const wrongs: Wrong[] = [
  {
    what: 'a wrong status: a limit above the bound is cut, not refused',
    answers: when(
      calls('getCampaigns', asked => limitOf(asked) === '101'),
      () => ({ status: 200, text: '{"campaigns":[],"paging":{}}' }),
    ),
    told: ['getCampaigns / limit 101 is refused with 400'],
  },
  {
    what: 'a limit above the bound is refused where it is to be cut',
    answers: when(
      calls('getBusinessOrders', asked => limitOf(asked) === '51'),
      () => ({ status: 400 }),
    ),
    told: ['getBusinessOrders / limit 51 is cut to 50'],
  },
  {
    what: 'a text where true or false belongs',
    answers: when(calls('getBusinessOrders'), replacing(/"fake":false/g, '"fake":"false"')),
    told: ['getBusinessOrders / the answer is what is declared'],
  },
  {
    what: 'a missing field',
    answers: when(
      calls('getChat', asked => chatOf(asked) !== null),
      replacing(/"type":"CHAT",/, ''),
    ),
    told: [
      'getChat / the answer is what is declared',
      'getChat / the answer for a chat about an order is what is declared',
      'getChat / the answer for a chat about a return is what is declared',
      'getChat / the answer for a direct chat is what is declared',
      'getChat / the answer for a chat without messages is what is declared',
      'getChat / the answer for a chat whose order id is beyond 2^53 is what is declared',
      'getChat / an item of getChats read alone is the same',
    ],
  },
  {
    what: 'a number for a string',
    answers: when(calls('getAuthTokenInfo'), replacing(/"name":"[^"]*"/, '"name":5')),
    told: ['getAuthTokenInfo / the answer is what is declared'],
  },
  {
    what: 'a string for a number',
    answers: when(isCampaign, replacing(/"clientId":(\d+)/, '"clientId":"$1"')),
    told: ['getCampaign / the answer is what is declared', 'getCampaign / a campaign read alone is that of the list'],
  },
  {
    what: 'a wrong envelope',
    answers: when(
      calls('getChat', asked => chatOf(asked) === '2'),
      () => ({ text: '{"error":"not found"}' }),
    ),
    told: [
      'getChat / chatId 2 of no chat is refused with 404',
      'getChat / a refusal of an unknown chat has the envelope of errors and nothing else',
    ],
  },
  {
    what: 'other words of a refusal',
    answers: when(
      calls('getChat', asked => chatOf(asked) === '1e3'),
      replacing("Type mismatch: '1e3'", 'Not a number'),
    ),
    told: ['getChat / chatId 1e3 is refused with 400'],
  },
  {
    what: 'another code of a refusal, on which the record is silent',
    answers: when(
      calls('getChat', asked => chatOf(asked) === '0'),
      replacing('BAD_REQUEST', 'INVALID_DATA'),
    ),
    told: ['getChat / chatId 0 is refused with 400'],
    verdict: 'differsFromChoice',
  },
  {
    what: 'no rate-limit headers',
    answers: when(asked => isCampaign(asked) && hasKey(asked), dropping(/^x-ratelimit-resource-(limit|remaining)$/)),
    told: [
      'getCampaign / an answer of success has the rate-limit headers',
      'getCampaign / a refusal of a foreign key has the rate-limit headers',
    ],
  },
  {
    what: 'an hour that does not end with the hour',
    answers: when(calls('getCampaigns', hasKey), ({ headers }) => ({
      headers: { ...headers, [names.until]: new Date(Date.parse(`${headers[names.until]}`) - 1000).toUTCString() },
    })),
    told: ['getCampaigns / an answer of success has a limit until the full hour'],
    verdict: 'differsFromChoice',
  },
  {
    what: 'no trace',
    answers: when(calls('getAuthTokenInfo'), dropping(/^traceparent$/)),
    told: [
      'getAuthTokenInfo / an answer of success has a trace',
      'getAuthTokenInfo / a refusal without a key has a trace',
    ],
  },
  {
    what: 'an answer that is not said to be JSON',
    answers: when(calls('getCampaigns', hasKey), ({ headers }) => ({
      headers: { ...headers, 'content-type': 'text/plain' },
    })),
    told: ['getCampaigns / an answer of success has the type of JSON'],
  },
  {
    what: 'a page token that is not looked at: every page is the first',
    asks: asked =>
      calls('getCampaigns', ({ query }) => query.get('limit') === '1' && query.has('pageToken'))(asked)
        ? `${asked.path}?limit=1`
        : undefined,
    told: [
      'getCampaigns / small pages have the items of one large page, in its order',
      'getCampaigns / page_token means pageToken',
    ],
  },
  {
    what: 'the same, seen by checks of our choices',
    told: [
      'getCampaigns / a bad pageToken beside a good page_token is refused with 400',
      'getCampaigns / a page token with one character changed is refused with 400',
    ],
    verdict: 'differsFromChoice',
  },
  {
    what: 'a path form that is not known',
    answers: when(
      ({ path }) => path === '/auth/token.json',
      () => ({ status: 404 }),
    ),
    told: ['getAuthTokenInfo / the path without /v2, .json answers the same'],
  },
  {
    what: 'a verb that is let through',
    answers: when(
      ({ verb, path }) => verb === 'PATCH' && path.endsWith('/chat'),
      () => ({ status: 200, text: '{}' }),
    ),
    told: ['getChat / PATCH is refused with 405'],
  },
  {
    what: 'a bad key that is let through',
    answers: when(
      calls('getChat', ({ headers }) => `${headers[names.apiKey]}`.startsWith('ACMB:')),
      () => ({ status: 200, text: '{}' }),
    ),
    told: ['getChat / a key with another prefix is refused with 401'],
  },
  {
    what: 'a refusal of one who may',
    answers: when(
      calls('getCampaigns', ({ query }) => query.get('lang') === 'ru'),
      () => ({ status: 400 }),
    ),
    told: ['getCampaigns / unknown parameters are ignored'],
    verdict: 'differsFromChoice',
  },
]
