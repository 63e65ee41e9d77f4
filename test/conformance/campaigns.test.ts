import { describe, expect, test } from 'vitest'
import type { CampaignId } from '#contract'
import { insertCampaign } from '../../src/market/store/campaigns.ts'
import { faultsOf } from '../support/faults.ts'
import type { Reply } from '../support/http.ts'
import { makeCall, makeScene, type Scene, send, useScene } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

describe('getCampaigns and getCampaign', () => {
  const withShops = async (count: number) => {
    const rich = await makeScene(market)
    for (let i = 1; i < count; i++) await addShop(rich, BigInt(i))
    return rich
  }
  const addShop = ({ businessId, campaignId }: Scene, number: bigint) => {
    const id = (campaignId * 1000n + number) as CampaignId
    return insertCampaign(market.sql, {
      campaignId: id,
      businessId,
      domain: 'Лавка',
      placementType: 'fby',
      now: new Date(),
    })
  }

  test('have no status', async () => {
    const list = await send(market, makeCall('getCampaigns', scene))
    const one = await send(market, makeCall('getCampaign', scene))

    expect(Object.keys(list.body as object)).toEqual(['campaigns', 'pager', 'paging'])
    expect(Object.keys(one.body as object)).toEqual(['campaign'])
    expect(list.body).toMatchObject({ campaigns: [(one.body as { campaign: object }).campaign] })
  })

  test('a walk by token meets every shop once and tells the pager of each page', async () => {
    const rich = await withShops(5)
    const seen: unknown[] = []
    const pagers: unknown[] = []
    let query: Record<string, string> | undefined = { limit: '2' }
    while (query) {
      const reply: Reply = await send(market, { ...makeCall('getCampaigns', rich), query })
      expect(faultsOf('getCampaigns', reply)).toEqual([])
      const { campaigns, pager, paging } = reply.body as {
        campaigns: { id: unknown }[]
        pager: object
        paging: { nextPageToken?: string }
      } // the published answer
      seen.push(...campaigns.map(campaign => campaign.id))
      pagers.push(pager)
      query = paging.nextPageToken === undefined ? undefined : { limit: '2', page_token: paging.nextPageToken }
    }

    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
    expect(pagers).toEqual([
      { total: 5, from: 1, to: 2, currentPage: 1, pagesCount: 3, pageSize: 2 },
      { total: 5, from: 3, to: 4, currentPage: 2, pagesCount: 3, pageSize: 2 },
      { total: 5, from: 5, to: 5, currentPage: 3, pagesCount: 3, pageSize: 2 },
    ])
  })

  test.each([
    [
      { page: '2', pageSize: '2' },
      { from: 3, to: 3, currentPage: 2, pagesCount: 2, pageSize: 2, total: 3 },
    ],
    [
      { page: '9', pageSize: '2' },
      { from: 0, to: 0, pageSize: 2, total: 3 },
    ],
    [
      { limit: '1', pageSize: '2' },
      { from: 1, to: 1, pageSize: 1 },
    ],
  ])('the older way of paging: %j', async (query, pager) => {
    const reply = await send(market, { ...makeCall('getCampaigns', await withShops(3)), query })

    expect(reply.body).toMatchObject({ pager })
    expect(faultsOf('getCampaigns', reply)).toEqual([])
  })
})
