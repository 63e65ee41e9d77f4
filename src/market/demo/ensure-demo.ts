import {
  type BusinessId,
  type CampaignId,
  type ChatId,
  idFrom,
  keysPerBusiness,
  type OrderId,
  type ReturnId,
} from '#contract'
import type { Queries, Sql } from '#database'
import { type Clock, Problem } from '#kit'
import type { BuyerTokens } from '../buyers/buyer-token.ts'
import type { FileStore } from '../files/file-store.ts'
import { makePng, pictures } from '../files/picture.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Secrets } from '../keys/secrets.ts'
import { demoToken, hashToken } from '../keys/token.ts'
import type { LabBuyers } from '../lab/buyers/buyers.ts'
import { listNewestChats, type NewChat, openChat } from '../store/chats.ts'
import { type CustomerRow, noteBusiness, saveCustomer } from '../store/customers.ts'
import { findBusiness, insertBusiness, insertCampaign } from '../store/directory.ts'
import { findKeyByHash, insertKey } from '../store/keys.ts'
import { saveOrder, saveReturn } from '../store/orders.ts'
import { findSetting, keepSetting, lockSettings } from '../store/settings.ts'
import { businessName, buyers, orders, returns, shops } from './business.ts'
import { type Conversation, conversations } from './conversations.ts'
import { writeConversation } from './write-conversation.ts'

export type Demo = {
  isNew: boolean
  businessId: BusinessId
  businessName: string
  campaignId: CampaignId
  apiKey: string
  /** A buyer who waits for an answer, with the chat. */
  buyer: { name: string; token: string; chatId: ChatId }
  /** A PNG to send in the first conversation. */
  photo: Buffer
}

type DemoNeeds = {
  sql: Sql
  clock: Clock
  files: FileStore
  keyring: Keyring
  buyerTokens: BuyerTokens
  secrets: Pick<Secrets, 'demoKey' | 'apiKeys'>
  /** Only with a lab. */
  labBuyers?: LabBuyers | undefined
}

const settingName = 'demo'
const dayMs = 24 * 60 * 60 * 1000

type Made = { businessId: BusinessId; campaignId: CampaignId; customer: CustomerRow; chatId: ChatId }

/** The demo cabinet: the one there is, or a new one, whole or not at all. Its key is always the same for one server secret. */
export async function ensureDemo(market: DemoNeeds): Promise<Demo> {
  const kept = await findSetting(market.sql, settingName)
  const made = kept === undefined ? await makeDemo(market) : readMade(kept)
  await sendBuyers(market, made, kept === undefined)
  const business = await findBusiness(market.sql, made.businessId)
  return {
    isNew: kept === undefined,
    businessId: made.businessId,
    businessName: business?.name ?? businessName,
    campaignId: made.campaignId,
    apiKey: await ensureKey(market, made.businessId),
    buyer: {
      name: made.customer.name,
      token: await market.buyerTokens.make(made.customer.customerId),
      chatId: made.chatId,
    },
    photo: makePng(pictures.chippedMug),
  }
}

/** With a lab somebody answers the shop: the customer whose chat is printed, and in a new cabinet all who wait for it. */
async function sendBuyers({ sql, labBuyers }: DemoNeeds, made: Made, isNew: boolean): Promise<void> {
  if (!labBuyers) return
  const { businessId } = made
  const waiting = { types: ['chat'], statuses: ['waiting_for_partner'], contextTypes: ['order', 'return'] }
  const page = { before: undefined, limit: conversations.length }
  const chats = isNew ? await listNewestChats(sql, businessId, waiting, page) : []
  for (const { chatId } of [made, ...chats])
    await labBuyers.join({ businessId, chatId }, { persona: 'patient', intent: 'where-is-my-order' })
}

/** The first of the demo's keys that is not revoked, made if there is none. */
async function ensureKey(market: DemoNeeds, businessId: BusinessId, number = 0): Promise<string> {
  const token = demoToken(market.secrets.demoKey, number)
  const hash = hashToken(market.secrets.apiKeys, token)
  const known = (await findKeyByHash(market.sql, hash)) ?? (await makeKey(market, businessId, hash))
  if (known === undefined) {
    throw new Problem(
      `The demo cabinet has ${keysPerBusiness} keys, and none is the demo's: start "prilavok market", revoke a key of business ${businessId}, and start again.`,
    )
  }
  return known.revokedAt === null ? token : ensureKey(market, businessId, number + 1)
}

/** Undefined if the cabinet has as many keys as it may have. */
async function makeKey({ sql, clock, keyring }: DemoNeeds, businessId: BusinessId, hash: Buffer) {
  const key = await insertKey(sql, {
    businessId,
    name: 'Демо',
    hash,
    scopes: ['all-methods'],
    most: keysPerBusiness,
    now: clock.now(),
  })
  if (key) keyring.changed()
  // Another process may have made it meanwhile.
  return key ?? findKeyByHash(sql, hash)
}

function makeDemo(market: DemoNeeds): Promise<Made> {
  const now = market.clock.now()
  return market.sql.begin(async transaction => {
    await lockSettings(transaction)
    const kept = await findSetting(transaction, settingName)
    if (kept !== undefined) return readMade(kept)
    const business = await insertBusiness(transaction, {
      businessId: undefined,
      name: businessName,
      directMessages: 'all',
      now,
    })
    if (!business) throw new Error('the demo cabinet could not be made')
    const { businessId } = business
    const campaignIds = await makeShops(transaction, businessId, now)
    const customers = await makeBuyers(transaction, now)
    await makeOrders(transaction, { businessId, campaignIds, customers }, now)
    const chatIds: ChatId[] = []
    for (const conversation of conversations) {
      const chatId = await makeChat(
        transaction,
        market.files,
        { businessId, campaignIds, customers },
        { conversation, now },
      )
      chatIds.push(chatId)
    }
    const made = { businessId, campaignId: first(campaignIds), customer: first(customers), chatId: first(chatIds) }
    await keepSetting(transaction, settingName, spellMade(made))
    return made
  })
}

async function makeShops(sql: Queries, businessId: BusinessId, now: Date): Promise<CampaignId[]> {
  const ids: CampaignId[] = []
  for (const shop of shops) {
    const campaign = await insertCampaign(sql, { campaignId: undefined, businessId, ...shop, now })
    if (campaign) ids.push(campaign.campaignId)
  }
  return ids
}

async function makeBuyers(sql: Queries, now: Date): Promise<CustomerRow[]> {
  const customers: CustomerRow[] = []
  for (const [index, name] of buyers.entries())
    customers.push(await saveCustomer(sql, `demo-buyer-${index + 1}`, name, now))
  return customers
}

type Cast = { businessId: BusinessId; campaignIds: CampaignId[]; customers: CustomerRow[] }

async function makeOrders(sql: Queries, { businessId, campaignIds, customers }: Cast, now: Date): Promise<void> {
  for (const { number, shop, buyer, status, item, daysAgo } of orders) {
    await saveOrder(sql, {
      orderId: number as OrderId, // made up for the demo
      businessId,
      campaignId: at(campaignIds, shop),
      customerId: at(customers, buyer).customerId,
      status,
      items: [{ offerId: `demo-${number % 1000n}`, name: item, count: 1 }],
      fake: false,
      createdAt: new Date(now.getTime() - daysAgo * dayMs),
      expiresAt: null,
    })
  }
  for (const { number, order } of returns) {
    const goods = { returnId: number as ReturnId, orderId: at(orders, order).number as OrderId } // made up for the demo
    await saveReturn(sql, businessId, goods, now)
  }
}

type Scene = { conversation: Conversation; now: Date }

async function makeChat(sql: Queries, files: FileStore, cast: Cast, { conversation, now }: Scene): Promise<ChatId> {
  const { businessId } = cast
  const context = contextOf(conversation.about, cast)
  const begunAt = new Date(now.getTime() - conversation.hoursAgo * 60 * 60 * 1000)
  await noteBusiness(sql, context.customerId, businessId)
  const { chatId } = await openChat(sql, { ...context, businessId, fake: false, now: begunAt })
  await writeConversation(sql, files, { businessId, chatId }, conversation, now)
  return chatId
}

function contextOf(
  about: Conversation['about'],
  { campaignIds, customers }: Cast,
): Omit<NewChat, 'businessId' | 'fake' | 'now'> {
  if ('buyer' in about) {
    const { customerId } = at(customers, about.buyer)
    return { contextType: 'direct', contextId: customerId, orderId: null, returnId: null, campaignId: null, customerId }
  }
  const goods = 'return' in about ? at(returns, about.return) : undefined
  const order = at(orders, 'order' in about ? about.order : (goods?.order ?? 0))
  return {
    contextType: goods ? 'return' : 'order',
    contextId: goods?.number ?? order.number,
    orderId: order.number as OrderId, // made up for the demo
    returnId: (goods?.number ?? null) as ReturnId | null, // made up for the demo
    campaignId: at(campaignIds, order.shop),
    customerId: at(customers, order.buyer).customerId,
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new Error(`the demo has no item ${index} in a list of ${list.length}`)
  return item
}

const first = <T>(list: readonly T[]): T => at(list, 0)

function spellMade({ businessId, campaignId, customer, chatId }: Made): string {
  return [businessId, campaignId, customer.customerId, chatId, customer.publicId, customer.name].join('\n')
}

function readMade(text: string): Made {
  const [businessId = '', campaignId = '', customerId = '', chatId = '', publicId = '', name = ''] = text.split('\n')
  return {
    businessId: idFrom<BusinessId>(businessId),
    campaignId: idFrom<CampaignId>(campaignId),
    customer: { customerId: idFrom<CustomerRow['customerId']>(customerId), publicId, name },
    chatId: idFrom<ChatId>(chatId),
  }
}
