import { serializeJson } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { compare, differ } from '../../expect/expectation.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Reply, withQuery } from '../../http/call.ts'
import { field, idAt, items } from '../../scene/read.ts'
import { tokenOf } from './tokens.ts'

const keysOf = ({ json }: Reply) =>
  typeof json === 'object' && json !== null ? Object.keys(json).sort().join(' ') : 'none'

const withoutStatus: Check[] = (
  [
    ['getCampaigns', 'campaigns pager paging'],
    ['getCampaign', 'campaign'],
  ] as const
).map(([name, keys]) =>
  asking(
    name,
    { en: 'the answer has no status', ru: 'в ответе нет status' },
    {
      source: contract.schema,
      expects: source => reply => compare(reply, { at: 'body', expected: keys, got: keysOf(reply), source }),
    },
  ),
)

const sameAlone = checkOf(
  'getCampaign',
  { en: 'a campaign read alone is that of the list', ru: 'магазин при отдельном чтении такой же, как в списке' },
  {
    source: contract.schema,
    calls: 2,
    run: async probe => {
      const list = await probe.read(withQuery(probe.call('getCampaigns'), { limit: '100' }))
      const reply = await probe.read(probe.call('getCampaign'))
      const listed = items(list.json, 'campaigns').find(campaign => idAt(campaign, 'id') === probe.need('campaignId'))
      if (listed === undefined || isSame(listed, field(reply.json, 'campaign'))) return []
      const seen = { at: 'campaign', expected: 'the campaign of the list', got: 'another', source: contract.schema }
      return [differ(reply, seen)]
    },
  },
)

const isSame = (one: unknown, two: unknown) => serializeJson(one) === serializeJson(two)

const pagerOf = ({ json }: Reply) => field(json, 'pager')
const older = choice('paging of getCampaigns')

const told = checkOf(
  'getCampaigns',
  { en: 'a walk by token has the pager of each page', ru: 'при чтении по токену у каждой страницы верный pager' },
  {
    source: older,
    needs: ['manyCampaigns'],
    calls: 3,
    run: async probe => {
      const all = await probe.read(withQuery(probe.call('getCampaigns'), { limit: '100' }))
      const total = items(all.json, 'campaigns').length
      const pagesCount = Math.ceil(total / 2)
      const first = await probe.read(withQuery(probe.call('getCampaigns'), { limit: '2' }))
      const second = await probe.read(
        withQuery(probe.call('getCampaigns'), { limit: '2', pageToken: tokenOf(first) ?? '' }),
      )
      const rest = { pagesCount, pageSize: 2 }
      return [
        ...compare(first, {
          at: 'pager',
          expected: { total, from: 1, to: 2, currentPage: 1, ...rest },
          got: pagerOf(first),
          source: older,
        }),
        ...compare(second, {
          at: 'pager',
          expected: { total, from: 3, to: Math.min(4, total), currentPage: 2, ...rest },
          got: pagerOf(second),
          source: older,
        }),
      ]
    },
  },
)

const olderPages: [query: Record<string, string>, pager: Record<string, number>][] = [
  [
    { page: '2', pageSize: '2' },
    { from: 3, currentPage: 2, pageSize: 2 },
  ],
  [
    { page: '9999', pageSize: '2' },
    { from: 0, to: 0, pageSize: 2 },
  ],
  [
    { limit: '1', pageSize: '2' },
    { from: 1, to: 1, pageSize: 1 },
  ],
]

const byPage: Check[] = olderPages.map(([query, pager]) => {
  const spelled = new URLSearchParams(query).toString()
  return asking(
    'getCampaigns',
    { en: `${spelled} has its pager`, ru: `${spelled} даёт верный pager` },
    {
      source: older,
      needs: ['manyCampaigns'],
      bend: call => withQuery(call, query),
      expects: source => reply =>
        Object.entries(pager).flatMap(([key, value]) => {
          const got = field(reply.json, 'pager', key)
          return got === value ? [] : [differ(reply, { at: `pager.${key}`, expected: value, got, source })]
        }),
    },
  )
})

/** getCampaigns and getCampaign, which answer in their own ways. */
export const campaigns: Check[] = [...withoutStatus, sameAlone, told, ...byPage]
