import {
  type BusinessId,
  type CampaignId,
  type ChatId,
  type OrderId,
  onWire,
  type PlacementType,
  type ReturnId,
  type Scope,
} from '#contract'
import { askAdminFor } from './admin.ts'
import { ask, type Reply } from './http.ts'
import type { TestMarket } from './test-market.ts'

let made = 0
const nextNumber = () => BigInt(++made + 1_000_000)

export type TestBusiness = {
  businessId: BusinessId
  campaignId: CampaignId
  token: string
  customer: { publicId: string; name: string }
  makeOrder(orderId?: bigint): Promise<OrderId>
  makeReturn(): Promise<ReturnId>
  makeKey(scopes: Scope[]): Promise<string>
  makeChat(): Promise<ChatId>
  /** Calls `/v2/businesses/{businessId}<path>` with the key. */
  call(path: string, json?: unknown): Promise<Reply>
}

type BusinessOptions = { scopes?: Scope[]; placementType?: Lowercase<PlacementType> }

/** A business with one campaign, one customer and a key, made through the admin API. */
export async function makeBusiness(
  market: Pick<TestMarket, 'url' | 'adminToken'>,
  { scopes = ['communication'], placementType = 'fbs' }: BusinessOptions = {},
): Promise<TestBusiness> {
  const number = nextNumber()
  const businessId = number as BusinessId // the admin API takes any free number
  const campaignId = number as CampaignId // likewise
  const admin = `/businesses/${businessId}` as const
  const customer = { publicId: `buyer-${number}`, name: 'Анна' }
  await askAdminFor(market, 'POST /businesses', { businessId, name: `Кабинет ${number}` })
  const shop = { campaignId, domain: 'Лавка', placementType: onWire(placementType) }
  await askAdminFor(market, `POST ${admin}/campaigns`, shop)
  await askAdminFor(market, `PUT /customers/${customer.publicId}`, { name: customer.name })

  const makeKey = async (wanted: Scope[]) => {
    const key = await askAdminFor<{ token: string }>(market, `POST ${admin}/keys`, { name: 'Ключ', scopes: wanted })
    return key.token
  }
  const token = await makeKey(scopes)
  const makeOrder = async (orderId: bigint = nextNumber()) => {
    const order = { campaignId, customerPublicId: customer.publicId }
    await askAdminFor(market, `PUT ${admin}/orders/${orderId}`, order)
    return orderId as OrderId // just put
  }
  const call = (path: string, json?: unknown) =>
    ask(`${market.url}/v2/businesses/${businessId}${path}`, {
      method: json === undefined ? 'GET' : 'POST',
      headers: { 'api-key': token },
      json,
    })
  const makeReturn = async () => {
    const returnId = nextNumber() as ReturnId // put below
    await askAdminFor(market, `PUT ${admin}/returns/${returnId}`, { orderId: await makeOrder() })
    return returnId
  }
  const makeChat = async () => {
    const reply = await call('/chats/new', { context: { type: 'ORDER', id: await makeOrder() } })
    return BigInt((reply.body as { result: { chatId: number } }).result.chatId) as ChatId // the published answer
  }
  return { businessId, campaignId, token, customer, makeOrder, makeReturn, makeKey, makeChat, call }
}
