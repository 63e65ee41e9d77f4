import { makeBusiness, type TestBusiness } from './business.ts'
import { makeBuyer, openOrderChat } from './buyer.ts'
import type { TestMarket } from './test-market.ts'

export type WaitingShop = {
  shop: TestBusiness
  chatId: string
  /** How a program of the shop finds the market, as `prilavok sim exec` says it. */
  env: Record<string, string>
  /** The buyer writes in the chat. */
  write(text: string): Promise<unknown>
  /** What stands in the chat: texts, and `[file]` for a file. */
  texts(): Promise<string[]>
}

/** A shop in which one buyer has asked something about an order; the order's id is beyond 2^53. */
export async function makeWaitingShop(
  market: Pick<TestMarket, 'url' | 'adminToken'>,
  question = 'Where is my order?',
): Promise<WaitingShop> {
  const shop = await makeBusiness(market, { scopes: ['communication', 'inventory-and-order-processing:read-only'] })
  const orderId = await shop.makeOrder(2n ** 53n + BigInt(shop.businessId) * 2n + 1n)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const path = await openOrderChat(buyer, shop, orderId)
  const chatId = path.split('/').at(-1) ?? ''
  const write = (text: string) => buyer.ask(`POST ${path}/messages`, { text })
  await write(question)
  const texts = async () => {
    const { body } = await buyer.ask(`GET ${path}/messages`)
    return (body as { messages: { text?: string }[] }).messages.map(({ text }) => text ?? '[file]') // as the operation answers
  }
  const env = {
    PRILAVOK_URL: market.url,
    PRILAVOK_API_KEY: shop.token,
    PRILAVOK_BUSINESS_ID: `${shop.businessId}`,
    PRILAVOK_ORDER_ID: `${orderId}`,
  }
  return { shop, chatId, env, write, texts }
}
