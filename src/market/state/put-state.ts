import { type BusinessId, type CampaignId, type ChatId, inside } from '#contract'
import { insertBusiness, updateBusiness } from '../store/businesses.ts'
import { insertCampaign } from '../store/campaigns.ts'
import { type CustomerRow, saveCustomer, subscribeCustomers } from '../store/customers.ts'
import { saveOrder, saveReturn } from '../store/orders.ts'
import type { State, StateBusiness, StateCampaign, StateOrder } from './declaration.ts'
import { StateRefused } from './issues.ts'
import { putChat } from './put-chat.ts'
import { type Directory, type Putting, requireKnown } from './putting.ts'
import { momentOf } from './resolve-times.ts'

export type PutBusiness = {
  businessId: BusinessId
  name: string
  campaignIds: CampaignId[]
  /** In their order, with whose they are. */
  chats: { chatId: ChatId; customer: CustomerRow }[]
  messages: number
}

/** Writes a state that was checked. Throws StateRefused for what this market cannot take. */
export async function putState(putting: Putting, state: State): Promise<PutBusiness[]> {
  const customers = new Map<string, CustomerRow>()
  for (const { id, name } of state.customers ?? [])
    customers.set(id, await saveCustomer(putting.sql, id, name, putting.now))
  const put: PutBusiness[] = []
  for (const [n, business] of (state.businesses ?? []).entries())
    put.push(await putBusiness(putting, business, customers, `businesses[${n}]`))
  return put
}

async function putBusiness(
  putting: Putting,
  business: StateBusiness,
  customers: ReadonlyMap<string, CustomerRow>,
  at: string,
): Promise<PutBusiness> {
  const { sql, now } = putting
  const { id: wanted, name, directMessages = 'off', finishedChats, apiDisabled, testChatsAnswer } = business
  const row = await insertBusiness(sql, { businessId: wanted, name, directMessages, finishedChats, now })
  if (!row) throw new StateRefused(`${at}.id`, 'business is there')
  const { businessId } = row
  await updateBusiness(sql, businessId, { apiDisabled, testChatsAnswer })
  const subscribers = (business.subscribers ?? []).map(id => requireKnown(customers, id).customerId)
  await subscribeCustomers(sql, businessId, subscribers)
  const directory: Directory = { businessId, customers, orders: new Map(), returns: new Map() }
  const campaignIds: CampaignId[] = []
  for (const [n, campaign] of (business.campaigns ?? []).entries())
    campaignIds.push(await putCampaign(putting, campaign, directory, `${at}.campaigns[${n}]`))
  const chats: PutBusiness['chats'] = []
  for (const [n, chat] of (business.chats ?? []).entries())
    chats.push(await putChat(putting, chat, directory, `${at}.chats[${n}]`))
  const messages = (business.chats ?? []).reduce((sum, chat) => sum + (chat.messages?.length ?? 0), 0)
  return { businessId, name, campaignIds, chats, messages }
}

async function putCampaign(
  putting: Putting,
  { id, name, placement, orders = [] }: StateCampaign,
  directory: Directory,
  at: string,
): Promise<CampaignId> {
  const { businessId } = directory
  const facts = { campaignId: id, businessId, domain: name, placementType: inside(placement), now: putting.now }
  const campaign = await insertCampaign(putting.sql, facts)
  if (!campaign) throw new StateRefused(`${at}.id`, 'campaign is there')
  const { campaignId } = campaign
  for (const [n, order] of orders.entries())
    await putOrder(putting, order, { campaignId, directory, at: `${at}.orders[${n}]` })
  return campaignId
}

type OrderPlace = { campaignId: CampaignId; directory: Directory; at: string }

async function putOrder(
  { sql, now }: Putting,
  order: StateOrder,
  { campaignId, directory, at }: OrderPlace,
): Promise<void> {
  const { id: orderId, customer: publicId, created, status = 'PROCESSING', items = [], returns = [], ...facts } = order
  const { businessId } = directory
  const customer = requireKnown(directory.customers, publicId)
  const { customerId } = customer
  const createdAt = momentOf(created, now, `${at}.created`)
  const row = {
    orderId,
    businessId,
    campaignId,
    customerId,
    status,
    items,
    facts,
    fake: false,
    createdAt,
    expiresAt: null,
  }
  await saveOrder(sql, row)
  directory.orders.set(orderId, { orderId, campaignId, customer })
  for (const returnId of returns) {
    await saveReturn(sql, businessId, { returnId, orderId }, now)
    directory.returns.set(returnId, { orderId, campaignId, customer })
  }
}
