import { chatNotificationTypes } from '#contract'
import type { Opened } from '../link/protocol.ts'
import { askMarket } from './ask.ts'

const businessId = 1
const campaignId = 1
const orderId = 512_340_017
const customerId = 'buyer-1'

/** What a test begins with: a business with a campaign, a key, and a customer with an order. */
export async function makeBusiness(place: {
  url: string
  adminToken: string
}): Promise<Omit<Opened, 'marketId' | 'url' | 'adminToken'>> {
  const business = `/admin/v1/businesses/${businessId}`
  const put = (call: string, json: unknown) => askMarket(place, { call, json })
  await put('POST /admin/v1/businesses', { businessId, name: 'Тестовый кабинет', directMessages: 'all' })
  await put(`POST ${business}/campaigns`, { campaignId, domain: 'Тестовый магазин', placementType: 'FBS' })
  await put(`PUT /admin/v1/customers/${customerId}`, { name: 'Анна Соколова' })
  await put(`PUT ${business}/orders/${orderId}`, { campaignId, customerPublicId: customerId })
  const key = await put(`POST ${business}/keys`, { name: 'tests', scopes: ['all-methods'] })
  const { token: apiKey } = key as { token: string } // as the operation answers
  return { apiKey, businessId, campaignId, orderId, customerId, types: chatNotificationTypes }
}
