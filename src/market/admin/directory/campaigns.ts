import { inside, oneOf, onWire, placementTypes, type Static, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, type PageTokens, problems } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { cutPage, openPageToken } from '../../own-apis/paging.ts'
import { type CampaignRow, insertCampaign, listCampaigns as listRows } from '../../store/campaigns.ts'
import { businessId, campaignId, nextPageToken, OfBusiness, Paging, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const tag = 'campaigns'
const domain = Type.String({ minLength: 1, maxLength: 200, description: 'The name of the campaign.' })
const placementType = oneOf(placementTypes, { description: 'How the campaign works with the marketplace.' })
const Campaign = Type.Object({ campaignId, businessId, domain, placementType }, { title: 'Campaign' })

function view({ campaignId, businessId, domain, placementType }: CampaignRow): Static<typeof Campaign> {
  return { campaignId, businessId, domain, placementType: onWire(placementType) }
}

export const createCampaign = defineEndpoint(
  defineOwnOperation({
    name: 'createCampaign',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/campaigns',
    tag,
    summary: 'Create a campaign',
    description: 'Ids of campaigns are unique over all businesses; without campaignId one is found.',
    params: OfBusiness,
    body: Type.Object({ domain, placementType, campaignId: Type.Optional(campaignId) }),
    response: Type.Object({ campaign: Campaign }),
    status: 201,
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params: { businessId }, body }) => {
    await requireBusiness(sql, businessId)
    const { domain, campaignId } = body
    const placementType = inside(body.placementType)
    const campaign = await insertCampaign(sql, { businessId, campaignId, domain, placementType, now: clock.now() })
    if (!campaign) throw problems.conflict(`There is a campaign ${campaignId} already.`)
    return { campaign: view(campaign) }
  },
)

export const listCampaigns = defineEndpoint(
  defineOwnOperation({
    name: 'listCampaigns',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/campaigns',
    tag,
    summary: 'List campaigns',
    description: 'The campaigns of the business, by id.',
    params: OfBusiness,
    query: Paging,
    response: Type.Object({ campaigns: Type.Array(Campaign), nextPageToken }),
    refusals: [...usual, 404],
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { params, query: { pageToken, limit = 0 } }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const owner = ['listCampaigns', businessId]
    const [text = '0'] = openPageToken(pageTokens, owner, { pageToken }) ?? []
    const offset = Number(text)
    const { page, last } = cutPage(await listRows(sql, businessId, { offset, limit: limit + 1 }), limit)
    return {
      campaigns: page.map(view),
      ...(last && { nextPageToken: pageTokens.seal(owner, [`${offset + limit}`]) }),
    }
  },
)
