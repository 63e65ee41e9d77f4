import { campaignsPageMax, refusals } from '#contract'
import type { Sql } from '#database'
import type { PageTokens } from '#serving'
import { countCampaigns, listCampaigns } from '../store/campaigns.ts'
import { campaignOnWire } from './campaign-on-wire.ts'
import type { Answer, Call } from './operation-handler.ts'

type Needs = { sql: Sql; pageTokens: PageTokens }

// Without limit and pageSize; the published record names no default.
const pageSizeDefault = 50

/** By token, or the older way by page and pageSize; the token wins. Both kinds of paging are told in every answer. */
export async function getCampaigns(
  { sql, pageTokens }: Needs,
  { query, key }: Call<'getCampaigns'>,
): Promise<Answer<'getCampaigns'>> {
  const { businessId } = key
  const owner = ['getCampaigns', businessId]
  const texts = query.pageToken === undefined ? [] : pageTokens.open(owner, query.pageToken)
  if (texts === undefined) throw refusals.badPageToken()

  const size = query.limit ?? pageSizeOf(query.pageSize)
  const start = texts[0] === undefined ? (Math.max(query.page ?? 1, 1) - 1) * size : Number(texts[0])
  const [total, rows] = await Promise.all([
    countCampaigns(sql, businessId),
    listCampaigns(sql, businessId, { offset: start, limit: size }),
  ])
  const end = start + rows.length
  return {
    campaigns: rows.map(row => campaignOnWire(row, key.apiDisabled)),
    pager: {
      total,
      from: rows.length > 0 ? start + 1 : 0,
      to: rows.length > 0 ? end : 0,
      currentPage: Math.floor(start / size) + 1,
      pagesCount: Math.ceil(total / size),
      pageSize: size,
    },
    paging: rows.length > 0 && end < total ? { nextPageToken: pageTokens.seal(owner, [String(end)]) } : {},
  }
}

function pageSizeOf(pageSize = pageSizeDefault): number {
  const at = 'pageSize'
  const rejected = String(pageSize)
  if (pageSize < 1) throw refusals.parameterFits([{ rule: 'minimum', at, bound: 1, rejected }])
  if (pageSize > campaignsPageMax)
    throw refusals.parameterFits([{ rule: 'maximum', at, bound: campaignsPageMax, rejected }])
  return pageSize
}
