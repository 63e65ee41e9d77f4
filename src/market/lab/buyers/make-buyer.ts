import { type BusinessId, type CampaignId, type ChatId, type OrderId, testOrderDays } from '#contract'
import type { Sql } from '#database'
import { type Clock, makeChance } from '#kit'
import { problems } from '#serving'
import { requireBusiness, requireOrder } from '../../admin/access/require.ts'
import { findContext, openContextChat, openDirectChat } from '../../chats/open-chat.ts'
import type { Bus } from '../../live/bus.ts'
import { type CustomerRow, saveCustomer } from '../../store/customers.ts'
import { type BusinessRow, listCampaigns } from '../../store/directory.ts'
import type { LabBuyerId } from '../../store/lab-buyers.ts'
import { findOrder, type OrderRow, saveOrder, takeTestOrderId } from '../../store/orders.ts'
import { type Cast, castOf, type Tale } from './role.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock }

/** Where a buyer shall write: about an order of their own (a test order, or one that is there), or about none. */
export type About = { what: 'own order' | 'test order' | 'nothing' } | { what: 'order'; orderId: OrderId }
export type Entrance = { business: BusinessRow; buyerId: LabBuyerId; tale: Tale; about: About }

const campaignsMost = 200
const firstOrderId = 600_000_000n
const dayMs = 24 * 60 * 60 * 1000

/** Refuses what cannot be played in this cabinet. */
export async function checkStage(sql: Sql, businessId: BusinessId, about: About): Promise<BusinessRow> {
  const business = await requireBusiness(sql, businessId)
  if (about.what === 'nothing' && business.directMessages !== 'all')
    throw problems.conflict(
      `Business ${businessId} takes direct messages of ${business.directMessages === 'off' ? 'nobody' : 'its subscribers only'}: PATCH /admin/v1/businesses/${businessId} {"directMessages": "all"} first.`,
    )
  const isTest =
    about.what === 'order' ? (await requireOrder(sql, businessId, about.orderId)).fake : about.what === 'test order'
  if (isTest && !business.testChatsAnswer)
    throw problems.conflict(
      `Nobody answers in test chats of business ${businessId}: PATCH /admin/v1/businesses/${businessId} {"testChatsAnswer": true} first.`,
    )
  return business
}

/** A chat with all that it needs: a customer, and an order of theirs with goods, drawn by the seed. */
export async function openStage(needs: Needs, { business, buyerId, tale, about }: Entrance): Promise<ChatId> {
  const { businessId } = business
  const now = needs.clock.now()
  if (about.what === 'order') return openAbout(needs, businessId, about.orderId)
  const cast = castOf(tale)
  if (about.what === 'nothing') {
    const customer = await saveCustomer(needs.sql, `lab-buyer-${buyerId}`, cast.name, now)
    return (await openDirectChat(needs, businessId, customer.customerId, now)).chatId
  }
  const campaignId = await chooseCampaign(needs.sql, businessId, tale)
  const customer = await saveCustomer(needs.sql, `lab-buyer-${buyerId}`, cast.name, now)
  const order = await makeOrder(needs.sql, {
    businessId,
    campaignId,
    customer,
    cast,
    isTest: about.what === 'test order',
    now,
  })
  return openAbout(needs, businessId, order.orderId)
}

async function openAbout(needs: Needs, businessId: BusinessId, orderId: OrderId): Promise<ChatId> {
  const found = await findContext(needs.sql, businessId, { type: 'order', orderId })
  if (!found.found) throw new Error(`order ${orderId} of business ${businessId} was there a moment ago`)
  return (await openContextChat(needs, found, needs.clock.now())).chatId
}

async function chooseCampaign(sql: Sql, businessId: BusinessId, { seed }: Tale): Promise<CampaignId> {
  const campaigns = await listCampaigns(sql, businessId, { offset: 0, limit: campaignsMost })
  if (campaigns.length === 0)
    throw problems.conflict(
      `Business ${businessId} has no shop to order from: POST /admin/v1/businesses/${businessId}/campaigns first.`,
    )
  return makeChance(seed, 'campaign').choose(campaigns).campaignId
}

/** As long as people are used to, and no order's of the business. */
async function takeOrderId(sql: Sql, businessId: BusinessId): Promise<OrderId> {
  const orderId = (firstOrderId + (await takeTestOrderId(sql, businessId))) as OrderId // looked up below
  return (await findOrder(sql, businessId, orderId)) ? takeOrderId(sql, businessId) : orderId
}

type Making = {
  businessId: BusinessId
  campaignId: CampaignId
  customer: CustomerRow
  cast: Cast
  isTest: boolean
  now: Date
}

async function makeOrder(sql: Sql, { businessId, campaignId, customer, cast, isTest, now }: Making): Promise<OrderRow> {
  const { offerId, name } = cast.goods
  const order: OrderRow = {
    orderId: await takeOrderId(sql, businessId),
    businessId,
    campaignId,
    customerId: customer.customerId,
    status: cast.orderStatus,
    items: [{ offerId, name, count: 1 }],
    fake: isTest,
    createdAt: now,
    expiresAt: isTest ? new Date(now.getTime() + testOrderDays * dayMs) : null,
  }
  await saveOrder(sql, order)
  return order
}
