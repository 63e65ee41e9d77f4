import type { BusinessId, CampaignId, Inside, PlacementType } from '#contract'
import type { Queries } from '#database'
import { findBusiness } from './businesses.ts'
import { findFreeId } from './directory/free-id.ts'

export type CampaignRow = {
  campaignId: CampaignId
  businessId: BusinessId
  businessName: string
  domain: string
  placementType: Inside<PlacementType>
  clientId: bigint
  apiAvailability: string
}

const columns = (sql: Queries) => sql`
  c.campaign_id as "campaignId", c.business_id as "businessId", b.name as "businessName", c.domain,
  c.placement_type as "placementType", c.client_id as "clientId", c.api_availability as "apiAvailability"`

type NewCampaign = {
  campaignId: CampaignId | undefined
  businessId: BusinessId
  domain: string
  placementType: Inside<PlacementType>
  now: Date
}

/** Undefined if the id is taken or there is no such business. */
export async function insertCampaign(sql: Queries, campaign: NewCampaign): Promise<CampaignRow | undefined> {
  const { campaignId, businessId, domain, placementType, now } = campaign
  const [row] = await sql<{ campaignId: CampaignId }[]>`
    insert into market.campaigns (campaign_id, business_id, domain, placement_type, client_id, api_availability, created_at)
    select ${campaignId ?? (await findFreeId(sql, 'campaigns', 'campaign_id'))}::bigint, business_id, ${domain},
           ${placementType}, business_id, 'available', ${now}
      from market.businesses where business_id = ${businessId}
    on conflict do nothing
    returning campaign_id as "campaignId"`
  if (row) return findCampaign(sql, row.campaignId)
  const lostRace = campaignId === undefined && (await findBusiness(sql, businessId)) !== undefined
  return lostRace ? insertCampaign(sql, campaign) : undefined
}

export async function findCampaign(sql: Queries, campaignId: CampaignId): Promise<CampaignRow | undefined> {
  const [row] = await sql<CampaignRow[]>`
    select ${columns(sql)}
      from market.campaigns c join market.businesses b using (business_id) where c.campaign_id = ${campaignId}`
  return row
}

export async function isCampaignOf(sql: Queries, businessId: bigint, campaignId: bigint): Promise<boolean> {
  const [row] = await sql`
    select from market.campaigns where campaign_id = ${campaignId} and business_id = ${businessId}`
  return row !== undefined
}

type CampaignsPage = { offset: number; limit: number }

export function listCampaigns(
  sql: Queries,
  businessId: BusinessId,
  { offset, limit }: CampaignsPage,
): Promise<CampaignRow[]> {
  return sql<CampaignRow[]>`
    select ${columns(sql)}
      from market.campaigns c join market.businesses b using (business_id)
     where c.business_id = ${businessId}
     order by c.campaign_id offset ${offset} limit ${limit}`
}

export async function countCampaigns(sql: Queries, businessId: BusinessId): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::integer as count from market.campaigns where business_id = ${businessId}`
  return row.count
}
