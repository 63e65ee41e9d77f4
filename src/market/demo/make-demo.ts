import { type BusinessId, type CampaignId, type ChatId, idFrom } from '#contract'
import type { Queries, Sql } from '#database'
import type { Clock } from '#kit'
import type { FileStore } from '../files/file-store.ts'
import { insertBusiness } from '../store/businesses.ts'
import { insertCampaign } from '../store/campaigns.ts'
import { type NewChat, openChat } from '../store/chats.ts'
import { type CustomerRow, noteBusiness, saveCustomer } from '../store/customers.ts'
import { findSetting, keepSetting, lockSettings } from '../store/directory/settings.ts'
import { saveOrder, saveReturn } from '../store/orders.ts'
import { businessName, campaigns, customerNames, orders, returns } from './business.ts'
import { type Conversation, conversations } from './conversations.ts'
import { writeConversation } from './write-conversation.ts'

export type MakingNeeds = { sql: Sql; clock: Clock; files: FileStore }

/** What is kept of the demo business: where the first conversation is, and whose. */
export type DemoIds = { businessId: BusinessId; campaignId: CampaignId; customer: CustomerRow; chatId: ChatId }

type Directory = { businessId: BusinessId; campaignIds: CampaignId[]; customers: CustomerRow[] }

const settingName = 'demo'
const dayMs = 24 * 60 * 60 * 1000

export async function findDemo(sql: Queries): Promise<DemoIds | undefined> {
  const text = await findSetting(sql, settingName)
  return text === undefined ? undefined : readIds(text)
}

/** Makes the demo business in one transaction; the one there is, if another process was faster. */
export function makeDemo({ sql, clock, files }: MakingNeeds): Promise<DemoIds> {
  const now = clock.now()
  return sql.begin(async transaction => {
    await lockSettings(transaction)
    const found = await findDemo(transaction)
    if (found) return found
    const directory = await makeDirectory(transaction, now)
    await makeOrders(transaction, directory, now)
    const chatIds: ChatId[] = []
    for (const conversation of conversations)
      chatIds.push(await makeChat(transaction, files, directory, { conversation, now }))
    const { businessId, campaignIds, customers } = directory
    const ids = { businessId, campaignId: at(campaignIds, 0), customer: at(customers, 0), chatId: at(chatIds, 0) }
    await keepSetting(transaction, settingName, serializeIds(ids))
    return ids
  })
}

async function makeDirectory(sql: Queries, now: Date): Promise<Directory> {
  const business = await insertBusiness(sql, { businessId: undefined, name: businessName, directMessages: 'all', now })
  if (!business) throw new Error('a business without an id of its own was refused')
  const { businessId } = business
  const campaignIds: CampaignId[] = []
  for (const facts of campaigns) {
    const campaign = await insertCampaign(sql, { campaignId: undefined, businessId, ...facts, now })
    if (campaign) campaignIds.push(campaign.campaignId)
  }
  const customers: CustomerRow[] = []
  for (const [index, name] of customerNames.entries())
    customers.push(await saveCustomer(sql, `demo-buyer-${index + 1}`, name, now))
  return { businessId, campaignIds, customers }
}

async function makeOrders(sql: Queries, { businessId, campaignIds, customers }: Directory, now: Date): Promise<void> {
  for (const { orderId, campaign, customer, status, items, daysAgo, trackCode } of orders) {
    await saveOrder(sql, {
      orderId,
      businessId,
      campaignId: at(campaignIds, campaign),
      customerId: at(customers, customer).customerId,
      status,
      items,
      facts: trackCode === undefined ? {} : { delivery: { trackCode } },
      fake: false,
      createdAt: new Date(now.getTime() - daysAgo * dayMs),
      expiresAt: null,
    })
  }
  for (const { returnId, order } of returns)
    await saveReturn(sql, businessId, { returnId, orderId: at(orders, order).orderId }, now)
}

type Scene = { conversation: Conversation; now: Date }

async function makeChat(
  sql: Queries,
  files: FileStore,
  directory: Directory,
  { conversation, now }: Scene,
): Promise<ChatId> {
  const { businessId } = directory
  const context = contextOf(conversation.about, directory)
  const openedAt = new Date(now.getTime() - conversation.hoursAgo * 60 * 60 * 1000)
  await noteBusiness(sql, context.customerId, businessId)
  const { chatId } = await openChat(sql, { ...context, businessId, fake: false, now: openedAt })
  await writeConversation(sql, files, { businessId, chatId }, conversation, now)
  return chatId
}

function contextOf(
  about: Conversation['about'],
  { campaignIds, customers }: Directory,
): Omit<NewChat, 'businessId' | 'fake' | 'now'> {
  if ('customer' in about) {
    const { customerId } = at(customers, about.customer)
    return { contextType: 'direct', contextId: customerId, orderId: null, returnId: null, campaignId: null, customerId }
  }
  const goods = 'return' in about ? at(returns, about.return) : undefined
  const { orderId, campaign, customer } = at(orders, 'order' in about ? about.order : (goods?.order ?? 0))
  return {
    contextType: goods ? 'return' : 'order',
    contextId: goods?.returnId ?? orderId,
    orderId,
    returnId: goods?.returnId ?? null,
    campaignId: at(campaignIds, campaign),
    customerId: at(customers, customer).customerId,
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new Error(`the demo has no item ${index} in a list of ${list.length}`)
  return item
}

function serializeIds({ businessId, campaignId, customer, chatId }: DemoIds): string {
  return [businessId, campaignId, customer.customerId, chatId, customer.publicId, customer.name].join('\n')
}

function readIds(text: string): DemoIds {
  const [businessId = '', campaignId = '', customerId = '', chatId = '', publicId = '', name = ''] = text.split('\n')
  return {
    businessId: idFrom<BusinessId>(businessId),
    campaignId: idFrom<CampaignId>(campaignId),
    customer: { customerId: idFrom<CustomerRow['customerId']>(customerId), publicId, name },
    chatId: idFrom<ChatId>(chatId),
  }
}
