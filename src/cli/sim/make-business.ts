import { Type } from 'typebox'
import { type BusinessId, type CampaignId, idOf, type OrderId, type Scope } from '#contract'
import type { RunningMarket } from '#market'
import { AdminCalls } from '../connection/admin-calls.ts'

const businessId = idOf<BusinessId>('The cabinet.')
const campaignId = idOf<CampaignId>('The shop.')
const orderId = 512_340_017n as OrderId // made up for the sim
const customerPublicId = 'buyer-1'
const everything: Scope[] = ['all-methods']

/** One cabinet with a shop, a customer, an order and a key: what a test begins with, as variables for its environment. */
export async function makeSimCabinet({ url, adminToken }: Pick<RunningMarket, 'url' | 'adminToken'>) {
  const admin = new AdminCalls(url, adminToken)
  const { business } = await admin.ask(
    'POST /admin/v1/businesses',
    Type.Object({ business: Type.Object({ businessId }) }),
    { name: 'Тестовый кабинет', directMessages: 'all' },
  )
  const cabinet = `/admin/v1/businesses/${business.businessId}` as const
  const { campaign } = await admin.ask(
    `POST ${cabinet}/campaigns`,
    Type.Object({ campaign: Type.Object({ campaignId }) }),
    { domain: 'Тестовый магазин', placementType: 'FBS' },
  )
  await admin.tell(`PUT /admin/v1/customers/${customerPublicId}`, { name: 'Анна Соколова' })
  await admin.tell(`PUT ${cabinet}/orders/${orderId}`, { campaignId: campaign.campaignId, customerPublicId })
  const { token } = await admin.ask(`POST ${cabinet}/keys`, Type.Object({ token: Type.String() }), {
    name: 'sim',
    scopes: everything,
  })
  return {
    PRILAVOK_URL: url,
    PRILAVOK_ADMIN_TOKEN: adminToken,
    PRILAVOK_API_KEY: token,
    PRILAVOK_BUSINESS_ID: `${business.businessId}`,
    PRILAVOK_CAMPAIGN_ID: `${campaign.campaignId}`,
    PRILAVOK_ORDER_ID: `${orderId}`,
    PRILAVOK_CUSTOMER_ID: customerPublicId,
  }
}
