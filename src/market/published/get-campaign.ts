import { refusals } from '#contract'
import type { Sql } from '#database'
import { findCampaign } from '../store/campaigns.ts'
import { campaignOnWire } from './campaign-on-wire.ts'
import type { Answer, Call } from './operation-handler.ts'

/** A campaign of another business is answered like one that does not exist. */
export async function getCampaign(
  { sql }: { sql: Sql },
  { params, key }: Call<'getCampaign'>,
): Promise<Answer<'getCampaign'>> {
  const campaign = await findCampaign(sql, params.campaignId)
  if (campaign?.businessId !== key.businessId) throw refusals.accessDenied()
  return { campaign: campaignOnWire(campaign, key.apiDisabled) }
}
