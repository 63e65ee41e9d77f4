import { type BusinessId, onWire } from '#contract'
import type { Queries } from '#database'
import { type BusinessRow, listBusinesses } from '../store/businesses.ts'
import { listCampaigns } from '../store/campaigns.ts'
import { listKeys } from '../store/keys.ts'
import type { ListedOrder } from '../store/orders.ts'
import {
  listAllChats,
  listAllMessages,
  listAllOrders,
  listAllReturns,
  listCustomersNamed,
  listSubscribers,
} from '../store/state-rows.ts'
import { type State, type StateBusiness, type StateCampaign, stateVersion } from './declaration.ts'
import { type NamedFile, tellChats } from './tell-chats.ts'

const max = { businesses: 100, campaigns: 1_000, orders: 10_000, chats: 10_000, messages: 20_000 } as const

/** There is more of these than a file for people holds. */
export class TooMuchForState extends Error {
  override name = 'TooMuchForState'
}

/** What a market holds, or one of its businesses, with the files of its messages. All at one moment if `sql` is such a transaction. */
export async function readState(sql: Queries, only?: BusinessId): Promise<{ state: State; files: NamedFile[] }> {
  const all = await listBusinesses(sql, only === undefined ? 0n : only - 1n, max.businesses + 1)
  const rows = bounded(only === undefined ? all : all.filter(({ businessId }) => businessId === only), 'businesses')
  const files = new Map<string, NamedFile>()
  const named = new Set<string>()
  const businesses: StateBusiness[] = []
  for (const row of rows) businesses.push(await tellBusiness(sql, row, { files, named }))
  const customers = await listCustomersNamed(sql, [...named])
  const state = {
    prilavok: stateVersion,
    customers: customers.map(({ publicId, name }) => ({ id: publicId, name })),
    businesses,
  }
  return { state: { ...state, prilavok: 1 }, files: [...files.values()] }
}

type Found = { files: Map<string, NamedFile>; named: Set<string> }

async function tellBusiness(sql: Queries, row: BusinessRow, found: Found): Promise<StateBusiness> {
  const { businessId, name, directMessages, finishedChats, apiDisabled, testChatsAnswer } = row
  const keys = (await listKeys(sql, businessId)).filter(({ revokedAt }) => revokedAt === null)
  const subscribers = (await listSubscribers(sql, businessId)).map(({ publicId }) => publicId)
  for (const publicId of subscribers) found.named.add(publicId)
  const campaigns = await tellCampaigns(sql, businessId, found)
  const rows = bounded(await listAllChats(sql, businessId, max.chats + 1), 'chats')
  for (const { customerPublicId } of rows) found.named.add(customerPublicId)
  const messages = bounded(await listAllMessages(sql, businessId, max.messages + 1), 'messages')
  const chats = tellChats(rows, messages, found.files)
  return {
    ...{ id: businessId, name },
    ...(directMessages !== 'off' && { directMessages }),
    ...(finishedChats !== 'refuse' && { finishedChats }),
    ...(apiDisabled && { apiDisabled }),
    ...(testChatsAnswer && { testChatsAnswer }),
    ...(keys.length > 0 && { keys: keys.map(({ name, scopes }) => ({ name, scopes })) }),
    ...(subscribers.length > 0 && { subscribers }),
    ...(campaigns.length > 0 && { campaigns }),
    ...(chats.length > 0 && { chats }),
  }
}

async function tellCampaigns(sql: Queries, businessId: BusinessId, { named }: Found): Promise<StateCampaign[]> {
  const rows = bounded(await listCampaigns(sql, businessId, { offset: 0, limit: max.campaigns + 1 }), 'campaigns')
  const orders = bounded(await listAllOrders(sql, businessId, max.orders + 1), 'orders')
  const returns = Map.groupBy(await listAllReturns(sql, businessId), ({ orderId }) => orderId)
  const tell = (order: ListedOrder) => {
    const { orderId, customerPublicId, createdAt, status, items, facts } = order
    named.add(customerPublicId)
    const ofOrder = returns.get(orderId)?.map(({ returnId }) => returnId)
    return {
      ...{ id: orderId, customer: customerPublicId, created: createdAt.toISOString(), status },
      ...(items.length > 0 && { items }),
      ...facts,
      ...(ofOrder && { returns: ofOrder }),
    }
  }
  const ofCampaigns = Map.groupBy(orders, ({ campaignId }) => campaignId)
  return rows.map(({ campaignId, domain, placementType }) => {
    const own = ofCampaigns.get(campaignId)?.map(tell)
    return { id: campaignId, name: domain, placement: onWire(placementType), ...(own && { orders: own }) }
  })
}

function bounded<Row>(rows: Row[], what: keyof typeof max): Row[] {
  if (rows.length <= max[what]) return rows
  throw new TooMuchForState(`There are more than ${max[what]} ${what}, which is too much for a file that people read.`)
}
