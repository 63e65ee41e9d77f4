import { campaignsPageMax } from '#contract'
import { WireError } from '../errors.ts'
import type { Caller } from '../http/caller.ts'
import { takeId } from '../input.ts'
import type { CallOptions, Campaign, IdLike, Pages } from '../types.ts'
import { campaignFromWire } from './from-wire.ts'
import { makePages, pageOf, pageQuery } from './pages.ts'

export type Campaigns = {
  /** getCampaigns: the campaigns of the key's business. */
  list(options?: CallOptions): Pages<Campaign>
  /** getCampaign. */
  get(campaignId: IdLike, options?: CallOptions): Promise<Campaign>
}

export function makeCampaigns(caller: Caller): Campaigns {
  return {
    list(options) {
      const read = async (token?: string) => {
        const query = pageQuery(campaignsPageMax, token)
        const { campaigns, paging } = await caller.call('getCampaigns', { query }, options)
        const items = campaigns.map((campaign, index) => {
          if (campaign.id === undefined) throw missing('getCampaigns', `campaigns[${index}].id`)
          return campaignFromWire(campaign.id, campaign)
        })
        return pageOf(items, paging)
      }
      return makePages({ operation: 'getCampaigns', pagingAt: 'paging', read })
    },
    async get(id, options) {
      const campaignId = takeId(id, 'campaignId')
      const { campaign } = await caller.call('getCampaign', { params: { campaignId } }, options)
      if (campaign === undefined) throw missing('getCampaign', 'campaign')
      return campaignFromWire(campaign.id ?? campaignId, campaign)
    },
  }
}

function missing(operation: string, path: string): WireError {
  return new WireError({ operation, status: 200, path, why: 'is missing' })
}
