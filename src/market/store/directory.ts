import type { BusinessId, CampaignId, Inside, PlacementType } from '#contract'
import type { Queries } from '#database'

export const directMessagesModes = ['off', 'subscribers', 'all'] as const
type DirectMessages = (typeof directMessagesModes)[number]

export type BusinessRow = {
  businessId: BusinessId
  name: string
  directMessages: DirectMessages
  apiDisabled: boolean
  /** Whether the lab's buyers answer in chats about test orders; nobody does in the real ones. */
  testChatsAnswer: boolean
  createdAt: Date
}

const columns = (sql: Queries) => sql`
  business_id as "businessId", name, direct_messages as "directMessages", api_disabled as "apiDisabled",
  test_chats_answer as "testChatsAnswer", created_at as "createdAt"`

export type CampaignRow = {
  campaignId: CampaignId
  businessId: BusinessId
  businessName: string
  domain: string
  placementType: Inside<PlacementType>
  clientId: bigint
  apiAvailability: string
}

/** The lowest number that no business has; the highest may be the last of int64. */
const freeBusinessId = (sql: Queries) => sql`(
  select min(taken.id) + 1
    from (select 0::bigint as id union all select business_id from market.businesses) taken
   where taken.id < 9223372036854775807
     and not exists (select from market.businesses next where next.business_id = taken.id + 1))`

/** The same for campaigns. */
const freeCampaignId = (sql: Queries) => sql`(
  select min(taken.id) + 1
    from (select 0::bigint as id union all select campaign_id from market.campaigns) taken
   where taken.id < 9223372036854775807
     and not exists (select from market.campaigns next where next.campaign_id = taken.id + 1))`

type NewBusiness = { businessId: BusinessId | undefined; name: string; directMessages: DirectMessages; now: Date }

/** Undefined if the id is taken. Without an id a free number is found; who loses the race for it finds another. */
export async function insertBusiness(sql: Queries, business: NewBusiness): Promise<BusinessRow | undefined> {
  const { businessId, name, directMessages, now } = business
  const [row] = await sql<BusinessRow[]>`
    insert into market.businesses (business_id, name, direct_messages, api_disabled, created_at)
    values (${businessId ?? freeBusinessId(sql)}, ${name}, ${directMessages}, false, ${now})
    on conflict do nothing
    returning ${columns(sql)}`
  return row === undefined && businessId === undefined ? insertBusiness(sql, business) : row
}

export async function findBusiness(sql: Queries, businessId: BusinessId): Promise<BusinessRow | undefined> {
  const [row] = await sql<BusinessRow[]>`
    select ${columns(sql)}
      from market.businesses where business_id = ${businessId}`
  return row
}

/** Those of the ids that no business has. */
export async function listUnknownBusinesses(sql: Queries, businessIds: readonly bigint[]): Promise<bigint[]> {
  const rows = await sql<{ id: bigint }[]>`
    select id from unnest(${businessIds}::bigint[]) as wanted(id)
     where not exists (select from market.businesses where business_id = id)`
  return rows.map(row => row.id)
}

export function listBusinesses(sql: Queries, after: bigint, limit: number): Promise<BusinessRow[]> {
  return sql<BusinessRow[]>`
    select ${columns(sql)}
      from market.businesses where business_id > ${after} order by business_id limit ${limit}`
}

type BusinessChange = {
  name?: string | undefined
  directMessages?: DirectMessages | undefined
  apiDisabled?: boolean | undefined
  testChatsAnswer?: boolean | undefined
}

export async function updateBusiness(
  sql: Queries,
  businessId: BusinessId,
  change: BusinessChange,
): Promise<BusinessRow | undefined> {
  const [row] = await sql<BusinessRow[]>`
    update market.businesses
       set name = coalesce(${change.name ?? null}, name),
           direct_messages = coalesce(${change.directMessages ?? null}, direct_messages),
           api_disabled = coalesce(${change.apiDisabled ?? null}, api_disabled),
           test_chats_answer = coalesce(${change.testChatsAnswer ?? null}, test_chats_answer)
     where business_id = ${businessId}
    returning ${columns(sql)}`
  return row
}

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
    select ${campaignId ?? freeCampaignId(sql)}, business_id, ${domain},
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
    select c.campaign_id as "campaignId", c.business_id as "businessId", b.name as "businessName", c.domain,
           c.placement_type as "placementType", c.client_id as "clientId", c.api_availability as "apiAvailability"
      from market.campaigns c join market.businesses b using (business_id) where c.campaign_id = ${campaignId}`
  return row
}

type CampaignsPage = { offset: number; limit: number }

export function listCampaigns(
  sql: Queries,
  businessId: BusinessId,
  { offset, limit }: CampaignsPage,
): Promise<CampaignRow[]> {
  return sql<CampaignRow[]>`
    select c.campaign_id as "campaignId", c.business_id as "businessId", b.name as "businessName", c.domain,
           c.placement_type as "placementType", c.client_id as "clientId", c.api_availability as "apiAvailability"
      from market.campaigns c join market.businesses b using (business_id)
     where c.business_id = ${businessId}
     order by c.campaign_id offset ${offset} limit ${limit}`
}

export async function countCampaigns(sql: Queries, businessId: BusinessId): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::integer as count from market.campaigns where business_id = ${businessId}`
  return row?.count ?? 0
}
