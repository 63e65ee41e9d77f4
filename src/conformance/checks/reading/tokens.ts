import { headers as names, type OperationName } from '#contract'
import { type Check, checkOf } from '../../check/check.ts'
import { paged, pathWith } from '../../check/subjects.ts'
import { twiceIfItDiffers } from '../../check/twice.ts'
import { accepted, compareAnswers } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { words } from '../../expect/words.ts'
import { NotChecked } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Call, type Reply, withHeaders, withJson, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field } from '../../scene/read.ts'
import type { Need } from '../../scene/things.ts'

const several: Partial<Record<OperationName, Need>> = {
  getChats: 'severalChats',
  getChatHistory: 'messageId',
  getCampaigns: 'manyCampaigns',
  getBusinessOrders: 'severalOrders',
}

/** Where the token of the next page is in an answer. */
export function tokenOf({ json }: Reply): string | undefined {
  const paging = field(json, 'result', 'paging') ?? field(json, 'paging')
  const token = field(paging, 'nextPageToken')
  return typeof token === 'string' ? token : undefined
}

/** A call for pages of one item, and the token of its second page. */
async function firstPage(probe: Probe, name: OperationName): Promise<{ call: Call; token: string }> {
  const call = withQuery(probe.call(name), { limit: '1' })
  const token = tokenOf(await probe.read(call))
  if (token !== undefined) return { call, token }
  throw new NotChecked({ en: 'the first page has no token', ru: 'на первой странице нет токена' })
}

type Spelled = { en: string; ru: string; query: (token: string) => Record<string, string> }
const same: Spelled[] = [
  { en: 'page_token means pageToken', ru: 'page_token значит pageToken', query: token => ({ page_token: token }) },
  {
    en: 'pageToken wins over page_token',
    ru: 'pageToken важнее page_token',
    query: token => ({ pageToken: token, page_token: 'nonsense' }),
  },
  {
    en: 'an empty pageToken leaves page_token',
    ru: 'при пустом pageToken действует page_token',
    query: token => ({ pageToken: '', page_token: token }),
  },
]

function aliasChecks(name: OperationName): Check[] {
  const needs = [several[name] ?? 'chatId'] as const
  const source = choice('pageToken and page_token together')
  return [
    ...same.map(({ query, ...rule }, index) => {
      const from = index === 0 ? contract.schema : source
      return checkOf(name, rule, {
        source: from,
        needs,
        calls: 6,
        run: twiceIfItDiffers(async probe => {
          const { call, token } = await firstPage(probe, name)
          const second = await probe.read(withQuery(call, { pageToken: token }))
          const reply = await probe.send(withQuery(call, query(token)))
          return compareAnswers(reply, second, from)
        }),
      })
    }),
    checkOf(
      name,
      {
        en: 'a bad pageToken beside a good page_token is refused with 400',
        ru: 'негодный pageToken рядом с верным page_token: отказ 400',
      },
      {
        source,
        needs,
        calls: 2,
        run: async probe => {
          const { call, token } = await firstPage(probe, name)
          const reply = await probe.send(withQuery(call, { pageToken: 'nonsense', page_token: token }))
          return refused(words.badPageToken)(source)(reply, probe)
        },
      },
    ),
  ]
}

type Misuse = {
  en: string
  ru: string
  needs?: readonly Need[]
  use: (call: Call, token: string, probe: Probe) => Call
}

const flipped = (token: string) => {
  const at = Math.floor(token.length / 2)
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}

const misuses: Partial<Record<OperationName, Misuse[]>> = {
  getChats: [
    {
      en: 'with another filter',
      ru: 'с другим фильтром',
      use: (call, pageToken) => withQuery(withJson(call, { types: ['CHAT'] }), { pageToken }),
    },
    {
      en: 'in another operation',
      ru: 'в другой операции',
      use: (_call, pageToken, probe) => withQuery(probe.call('getCampaigns'), { pageToken }),
    },
    {
      en: 'by another business',
      ru: 'в другом кабинете',
      needs: ['foreignKey'],
      use: (call, pageToken, probe) => {
        const { token, businessId } = probe.need('foreignKey')
        return withHeaders(withQuery({ ...call, path: pathWith('getChats', businessId) }, { pageToken }), {
          [names.apiKey]: token,
        })
      },
    },
  ],
  getChatHistory: [
    {
      en: 'in another operation',
      ru: 'в другой операции',
      use: (_call, pageToken, probe) => withQuery(probe.call('getChats'), { pageToken }),
    },
  ],
  getBusinessOrders: [
    {
      en: 'with another filter',
      ru: 'с другим фильтром',
      use: (call, pageToken) => withQuery(withJson(call, { fake: false }), { pageToken }),
    },
  ],
}

const ruined: Misuse = {
  en: 'with one character changed',
  ru: 'с одним изменённым символом',
  use: (call, token) => withQuery(call, { pageToken: flipped(token) }),
}

function misuseChecks(name: OperationName): Check[] {
  return [ruined, ...(misuses[name] ?? [])].map(({ en, ru, use, needs = [] }) =>
    checkOf(
      name,
      { en: `a page token ${en} is refused with 400`, ru: `токен страницы ${ru}: отказ 400` },
      {
        source: choice('page tokens'),
        needs: [several[name] ?? 'chatId', ...needs],
        calls: 2,
        run: async probe => {
          const { call, token } = await firstPage(probe, name)
          const reply = await probe.send(use(call, token, probe))
          return refused(words.badPageToken)(choice('page tokens'))(reply, probe)
        },
      },
    ),
  )
}

function tokenAgain(name: OperationName): Check {
  return checkOf(
    name,
    { en: 'a page token may be used twice', ru: 'токен страницы можно использовать дважды' },
    {
      source: contract.paging,
      needs: [several[name] ?? 'chatId'],
      calls: 3,
      run: async probe => {
        const { call, token } = await firstPage(probe, name)
        await probe.send(withQuery(call, { pageToken: token }))
        return accepted(contract.paging)(await probe.send(withQuery(call, { pageToken: token })), probe)
      },
    },
  )
}

/** What a page token is good for. */
export const tokens: Check[] = paged.flatMap(name => [...aliasChecks(name), ...misuseChecks(name), tokenAgain(name)])
