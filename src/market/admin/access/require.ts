import type { BusinessId, CampaignId, OrderId } from '#contract'
import type { Sql } from '#database'
import { problems } from '#serving'
import { type BusinessRow, findBusiness } from '../../store/businesses.ts'
import { findCampaign } from '../../store/campaigns.ts'
import { type CustomerRow, findCustomer } from '../../store/customers.ts'
import { findOrder, type OrderRow } from '../../store/orders.ts'

/** Each throws a 404 if what an operation names is not there, or is of another business. */
export async function requireBusiness(sql: Sql, businessId: BusinessId): Promise<BusinessRow> {
  const business = await findBusiness(sql, businessId)
  if (!business) throw noSuchBusiness(businessId)
  return business
}

export function noSuchBusiness(businessId: BusinessId) {
  return problems.notFound(`There is no business ${businessId}: create it first.`)
}

export async function requireCampaign(sql: Sql, businessId: BusinessId, campaignId: CampaignId): Promise<void> {
  const campaign = await findCampaign(sql, campaignId)
  if (campaign?.businessId !== businessId)
    throw problems.notFound(`Business ${businessId} has no campaign ${campaignId}: create it first.`)
}

export async function requireCustomer(sql: Sql, publicId: string): Promise<CustomerRow> {
  const customer = await findCustomer(sql, publicId)
  if (!customer) throw problems.notFound('There is no customer with this publicId: put the customer first.')
  return customer
}

export async function requireOrder(sql: Sql, businessId: BusinessId, orderId: OrderId): Promise<OrderRow> {
  const order = await findOrder(sql, businessId, orderId)
  if (!order) throw problems.notFound(`Business ${businessId} has no order ${orderId}: put the order first.`)
  return order
}
