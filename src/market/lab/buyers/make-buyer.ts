import { type BusinessId, type CampaignId, type ChatId, idFrom, type OrderId, testOrderDays } from '#contract'
import type { Sql } from '#database'
import { type Clock, makeChance } from '#kit'
import { problems } from '#serving'
import { requireBusiness, requireOrder } from '../../admin/access/require.ts'
import { findContext, openContextChat, openDirectChat } from '../../chats/open-chat.ts'
import type { Bus } from '../../live/bus.ts'
import type { BusinessRow } from '../../store/businesses.ts'
import { listCampaigns } from '../../store/campaigns.ts'
import { type CustomerRow, saveCustomer } from '../../store/customers.ts'
import type { LabBuyerId } from '../../store/lab-buyers.ts'
import { findOrder, type PutOrder, saveOrder, takeTestOrderId } from '../../store/orders.ts'
import { type Character, characterOf, type Role } from './role.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock }

/** What a buyer's chat is about: a new order, a new test order, nothing, or an order that is there. */
export type ChatSubject = { what: 'own order' | 'test order' | 'nothing' } | { what: 'order'; orderId: OrderId }
export type ChatRequest = { business: BusinessRow; buyerId: LabBuyerId; role: Role; about: ChatSubject }

const maxCampaigns = 200
const firstOrderId = 600_000_000n
const dayMs = 24 * 60 * 60 * 1000

/** The business. Throws the problem of a chat that the business does not allow. */
export async function checkPossible(sql: Sql, businessId: BusinessId, about: ChatSubject): Promise<BusinessRow> {
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

/** Opens a chat, with a customer and an order as the role's seed says. */
export async function openChatForBuyer(needs: Needs, { business, buyerId, role, about }: ChatRequest): Promise<ChatId> {
  const { businessId } = business
  const now = needs.clock.now()
  if (about.what === 'order') return openAbout(needs, businessId, about.orderId)
  const character = characterOf(role)
  if (about.what === 'nothing') {
    const customer = await saveCustomer(needs.sql, `lab-buyer-${buyerId}`, character.name, now)
    return (await openDirectChat(needs, businessId, customer.customerId, now)).chatId
  }
  const campaignId = await chooseCampaign(needs.sql, businessId, role)
  const customer = await saveCustomer(needs.sql, `lab-buyer-${buyerId}`, character.name, now)
  const order = await makeOrder(needs.sql, {
    businessId,
    campaignId,
    customer,
    character,
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

async function chooseCampaign(sql: Sql, businessId: BusinessId, { seed }: Role): Promise<CampaignId> {
  const campaigns = await listCampaigns(sql, businessId, { offset: 0, limit: maxCampaigns })
  if (campaigns.length === 0)
    throw problems.conflict(
      `Business ${businessId} has no shop to order from: POST /admin/v1/businesses/${businessId}/campaigns first.`,
    )
  return makeChance(seed, 'campaign').choose(campaigns).campaignId
}

/** An order id with as many digits as people are used to, that the business has not yet. */
async function takeOrderId(sql: Sql, businessId: BusinessId): Promise<OrderId> {
  const orderId = idFrom<OrderId>(`${firstOrderId + (await takeTestOrderId(sql, businessId))}`)
  return (await findOrder(sql, businessId, orderId)) ? takeOrderId(sql, businessId) : orderId
}

type NewOrder = {
  businessId: BusinessId
  campaignId: CampaignId
  customer: CustomerRow
  character: Character
  isTest: boolean
  now: Date
}

async function makeOrder(
  sql: Sql,
  { businessId, campaignId, customer, character, isTest, now }: NewOrder,
): Promise<PutOrder> {
  const { offerId, name } = character.goods
  const order: PutOrder = {
    orderId: await takeOrderId(sql, businessId),
    businessId,
    campaignId,
    customerId: customer.customerId,
    status: character.orderStatus,
    items: [{ offerId, name, count: 1 }],
    fake: isTest,
    createdAt: now,
    expiresAt: isTest ? new Date(now.getTime() + testOrderDays * dayMs) : null,
  }
  await saveOrder(sql, order)
  return order
}
