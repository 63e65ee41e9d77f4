import type { MovableClock } from '#kit'
import { askAdminFor } from './admin.ts'
import type { TestBusiness } from './business.ts'
import type { TestMarket } from './test-market.ts'

/** A chat of another customer of the shop, a second after what was before. */
export async function makeChatOf(
  { market, clock }: { market: TestMarket; clock: MovableClock },
  shop: TestBusiness,
  { publicId, name }: { publicId: string; name: string },
): Promise<bigint> {
  await askAdminFor(market, `PUT /customers/${publicId}`, { name })
  const orderId = BigInt(Math.floor(clock.now().getTime() / 1000)) + shop.businessId
  const order = { campaignId: shop.campaignId, customerPublicId: publicId }
  await askAdminFor(market, `PUT /businesses/${shop.businessId}/orders/${orderId}`, order)
  clock.advance(1_000)
  const reply = await shop.call('/chats/new', { orderId })
  return BigInt((reply.body as { result: { chatId: number } }).result.chatId) // the published answer
}

/** A chat about a new test order. */
export async function makeTestChat(market: TestMarket, shop: TestBusiness): Promise<bigint> {
  const path = `/businesses/${shop.businessId}/test-orders` as const
  const { order } = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${path}`, {
    campaignId: shop.campaignId,
  })
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${path}/${order.orderId}/chat`)
  return BigInt(chatId)
}
