import type { BusinessId, CampaignId, ChatId, OrderId, PlacementType, ReturnId, Scope } from '#contract'
import { hashToken, makeToken } from '../../src/market/keys/token.ts'
import { saveCustomer } from '../../src/market/store/customers.ts'
import { insertBusiness, insertCampaign } from '../../src/market/store/directory.ts'
import { insertKey } from '../../src/market/store/keys.ts'
import { saveOrder, saveReturn } from '../../src/market/store/orders.ts'
import { ask, type Reply } from './http.ts'
import type { TestMarket } from './test-market.ts'

let made = 0
const nextNumber = () => BigInt(++made + 1_000_000)

export type Cabinet = {
  businessId: BusinessId
  campaignId: CampaignId
  token: string
  customer: { publicId: string; name: string }
  makeOrder(orderId?: bigint): Promise<OrderId>
  makeReturn(): Promise<ReturnId>
  makeKey(scopes: Scope[]): Promise<string>
  makeChat(): Promise<ChatId>
  /** Calls `/v2/businesses/{businessId}<path>` with the cabinet's key. */
  call(path: string, json?: unknown): Promise<Reply>
}

type Options = { scopes?: Scope[]; placementType?: Lowercase<PlacementType> }

/** A cabinet with one shop, one customer, and a key. */
export async function makeCabinet(
  market: TestMarket,
  { scopes = ['communication'], placementType = 'fbs' }: Options = {},
): Promise<Cabinet> {
  const { sql } = market
  const now = new Date()
  const number = nextNumber()
  const business = await insertBusiness(sql, {
    businessId: number as BusinessId,
    name: `Кабинет ${number}`,
    directMessages: 'off',
    now,
  })
  const campaign = await insertCampaign(sql, {
    campaignId: number as CampaignId,
    businessId: number as BusinessId,
    domain: 'Лавка',
    placementType,
    now,
  })
  if (!business || !campaign) throw new Error('the cabinet could not be made')
  const { businessId } = business
  const { campaignId } = campaign
  const customer = await saveCustomer(sql, `buyer-${number}`, 'Анна', now)

  const makeKey = async (wanted: Scope[]) => {
    const token = makeToken()
    const hash = hashToken(market.running.market.secrets.apiKeys, token)
    await insertKey(sql, { businessId, name: 'Ключ', hash, scopes: wanted, most: 30, now })
    return token
  }
  const token = await makeKey(scopes)
  const makeOrder = async (orderId: bigint = nextNumber()) => {
    const order = {
      orderId: orderId as OrderId,
      businessId,
      campaignId,
      customerId: customer.customerId,
      status: 'PROCESSING',
      items: [],
      fake: false,
      createdAt: now,
      expiresAt: null,
    }
    await saveOrder(sql, order)
    return order.orderId
  }
  const call = (path: string, json?: unknown) =>
    ask(`${market.url}/v2/businesses/${businessId}${path}`, {
      method: json === undefined ? 'GET' : 'POST',
      headers: { 'api-key': token },
      json,
    })
  const makeReturn = async () => {
    const returnId = nextNumber() as ReturnId
    await saveReturn(sql, businessId, { returnId, orderId: await makeOrder() }, now)
    return returnId
  }
  const makeChat = async () => {
    const reply = await call('/chats/new', { context: { type: 'ORDER', id: await makeOrder() } })
    return BigInt((reply.body as { result: { chatId: number } }).result.chatId) as ChatId // the published answer
  }
  return { businessId, campaignId, token, customer, makeOrder, makeReturn, makeKey, makeChat, call }
}
