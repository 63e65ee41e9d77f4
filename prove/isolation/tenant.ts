import { askAdminFor } from '../../test/support/admin.ts'
import { type Buyer, chatPath, makeBuyer } from '../../test/support/buyer.ts'
import { makeScene, type Scene } from '../../test/support/published-calls.ts'
import { makeReceiver } from '../../test/support/receiver.ts'
import type { TestMarket } from '../../test/support/test-market.ts'
import type { Ids } from '../api/build-call.ts'
import { untilDelivered } from '../evidence/gather.ts'

/** A business with one of everything; its canary stands in every text of it and in no other's. */
export type Tenant = { name: string; canary: string; scene: Scene; buyer: Buyer; businessToken: string; ids: Ids }

export async function makeTenant(market: TestMarket, name: string): Promise<Tenant> {
  const scene = await makeScene(market)
  const canary = `canary-${name}-${scene.businessId}`
  const admin = `/businesses/${scene.businessId}` as const
  await askAdminFor(market, `PATCH ${admin}`, { name: canary })
  await askAdminFor(market, `PUT /customers/${scene.customer.publicId}`, { name: canary })
  const buyer = await makeBuyer(market, scene.customer.publicId)
  await askAdminFor(market, `PUT /customers/${scene.customer.publicId}`, { name: canary })
  const campaign = { domain: canary, placementType: 'FBS' }
  const { campaign: made } = await askAdminFor<{ campaign: { campaignId: number } }>(
    market,
    `POST ${admin}/campaigns`,
    campaign,
  )
  const key = { name: canary, scopes: ['communication'] }
  const { key: second } = await askAdminFor<{ key: { keyId: number } }>(market, `POST ${admin}/keys`, key)
  const { token } = await askAdminFor<{ token: string }>(market, `POST ${admin}/cabinet-tokens`, { name: canary })
  const order = { campaignId: scene.campaignId, customerPublicId: scene.customer.publicId, notes: canary }
  const items = [{ offerId: canary, name: canary, count: 1, price: 1 }]
  await askAdminFor(market, `PUT ${admin}/orders/${scene.orderId}`, { ...order, items })
  const subscriptionId = await subscribe(market, admin, canary)
  const chat = chatPath(scene, scene.chatId)
  await buyer.ask(`POST ${chat}/messages`, { text: canary })
  const sent = await buyer.sendFile(chat, new TextEncoder().encode(canary), `${canary}.txt`)
  const { message } = sent.body as { message: { messageId: number } } // as the operation answers
  await untilDelivered(market.sql)
  const { deliveries } = await askAdminFor<{ deliveries: { deliveryId: string }[] }>(market, `GET ${admin}/deliveries`)
  const ids = {
    ...{ businessId: scene.businessId, campaignId: made.campaignId, chatId: scene.chatId, orderId: scene.orderId },
    ...{
      messageId: message.messageId,
      returnId: await scene.makeReturn(),
    },
    ...{ keyId: second.keyId, subscriptionId, deliveryId: deliveries[0]?.deliveryId, id: scene.orderId },
    ...{ publicId: buyer.publicId, customerPublicId: buyer.publicId, subscribedTo: scene.businessId },
    ...{
      buyerId: scene.businessId,
      faultId: scene.businessId,
    },
  }
  const texts = Object.entries(ids).map(([slot, id]) => [slot, `${id}`])
  return { name, canary, scene, buyer, businessToken: token, ids: Object.fromEntries(texts) }
}

async function subscribe(market: TestMarket, admin: `/businesses/${string}`, canary: string): Promise<number> {
  const { url } = await makeReceiver()
  const types = ['CHAT_CREATED', 'CHAT_MESSAGE_SENT', 'CHAT_ARBITRAGE_STARTED', 'CHAT_ARBITRAGE_FINISHED']
  const body = { name: canary, url: `${url}?${canary}`, types }
  const { subscription } = await askAdminFor<{ subscription: { subscriptionId: number } }>(
    market,
    `POST ${admin}/subscriptions`,
    body,
  )
  return subscription.subscriptionId
}

/** Ids of nothing, of the same form as those of a tenant. */
export function absentIds(ids: Ids): Ids {
  return Object.fromEntries(Object.entries(ids).map(([slot, id]) => [slot, absent(id)]))
}

const absent = (id: string) =>
  /^\d+$/.test(id) ? `${10n ** 17n + BigInt(id)}` : id.replace(/\d+/, digits => `9${digits}`)
