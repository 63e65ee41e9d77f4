import { type BusinessId, type CampaignId, idOf, type Scope, Type } from '#contract'
import type { RunningMarket } from '#market'
import { AdminCalls } from '../connection/admin-calls.ts'
import type { Texts } from '../texts/index.ts'

const businessId = idOf<BusinessId>('The business.')
const campaignId = idOf<CampaignId>('The campaign.')
const orderId = 512_340_017n // made up for the sim
const customerPublicId = 'buyer-1'
const everything: Scope[] = ['all-methods']

/** One business with a campaign, a customer, an order and a key: what a test begins with, as variables for its environment. */
export async function makeSimBusiness(running: Pick<RunningMarket, 'url' | 'adminToken'>, texts: Texts) {
  const admin = new AdminCalls(running, texts)
  const { business } = await admin.ask(
    'POST /admin/v1/businesses',
    Type.Object({ business: Type.Object({ businessId }) }),
    { name: 'Тестовый кабинет', directMessages: 'all' },
  )
  const path = `/admin/v1/businesses/${business.businessId}` as const
  const { campaign } = await admin.ask(
    `POST ${path}/campaigns`,
    Type.Object({ campaign: Type.Object({ campaignId }) }),
    { domain: 'Тестовый магазин', placementType: 'FBS' },
  )
  await admin.tell(`PUT /admin/v1/customers/${customerPublicId}`, { name: 'Анна Соколова' })
  await admin.tell(`PUT ${path}/orders/${orderId}`, { campaignId: campaign.campaignId, customerPublicId })
  const { token } = await admin.ask(`POST ${path}/keys`, Type.Object({ token: Type.String() }), {
    name: 'sim',
    scopes: everything,
  })
  return {
    PRILAVOK_URL: running.url,
    PRILAVOK_ADMIN_TOKEN: running.adminToken,
    PRILAVOK_API_KEY: token,
    PRILAVOK_BUSINESS_ID: `${business.businessId}`,
    PRILAVOK_CAMPAIGN_ID: `${campaign.campaignId}`,
    PRILAVOK_ORDER_ID: `${orderId}`,
    PRILAVOK_CUSTOMER_ID: customerPublicId,
  }
}
