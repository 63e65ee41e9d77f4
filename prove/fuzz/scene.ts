import { stickers } from '../../src/market/chats/stickers.ts'
import { askAdminFor } from '../../test/support/admin.ts'
import { buyerOf } from '../../test/support/buyer.ts'
import { makeReceiver } from '../../test/support/receiver.ts'
import type { Ids, Words } from '../api/build-call.ts'
import type { Api } from '../api/routes.ts'
import { makeWorld } from '../world/world.ts'

type Known = { ids: Ids; words: Words; tokens: readonly string[] }

/** A market in a process of its own with something of each kind, and for each API a token that opens it. */
export async function makeScene() {
  const { market, shops } = await makeWorld({
    shops: 2,
    chats: 2,
    options: { lab: { seed: 1 }, arePrivateWebhooksAllowed: true },
  })
  const [shop, sane] = shops
  if (!shop || !sane) throw new Error('a world of two shops has two')
  const [chatId = 0n] = shop.chatIds
  const at = { url: market.url, adminToken: market.adminToken }
  const admin = `/businesses/${shop.businessId}` as const
  const { token: businessToken } = await askAdminFor<{ token: string }>(at, `POST ${admin}/cabinet-tokens`, {
    name: 'CRM',
  })
  const orderId = await shop.makeOrder()
  const file = await buyerOf(market, shop.buyer.publicId, shop.buyer.token).sendFile(
    `${admin}/chats/${chatId}`,
    new Uint8Array([1]),
  )
  const { message } = file.body as { message: { messageId: number } } // as the operation answers
  const ids: Ids = Object.fromEntries(
    Object.entries({
      ...{
        businessId: shop.businessId,
        campaignId: shop.campaignId,
        chatId,
        orderId,
        returnId: await shop.makeReturn(),
      },
      ...{
        messageId: message.messageId,
        messageIdFrom: message.messageId,
        after: 1,
        before: message.messageId,
        id: orderId,
      },
      ...{ subscriptionId: shop.subscriptionId, publicId: shop.buyer.publicId, customerPublicId: shop.buyer.publicId },
      ...{ subscribedTo: shop.businessId, buyerId: 1, faultId: 1 },
    }).map(([name, id]) => [name, `${id}`]),
  )
  const { url } = await makeReceiver()
  const words: Words = {
    sticker: Object.keys(stickers)[0] ?? '',
    url,
    from: '2026-05-05T12:00:00Z',
    to: '2036-05-05T12:00:00Z',
    name: 'fuzz',
  }
  const know = (...tokens: string[]): Known => ({ ids, words, tokens })
  const tokens = [shop.token, shop.buyer.token, market.adminToken, businessToken]
  const known: Record<Api, Known> = {
    published: know(shop.token, ...tokens),
    files: know(shop.token, ...tokens),
    buyer: know(shop.buyer.token, ...tokens),
    admin: know(market.adminToken, ...tokens),
    lab: know(market.adminToken, ...tokens),
  }
  const path = `/v2/businesses/${sane.businessId}/chats/message?chatId=${sane.chatIds[0]}`
  const ofSane = {
    ...ids,
    businessId: `${sane.businessId}`,
    campaignId: `${sane.campaignId}`,
    chatId: `${sane.chatIds[0]}`,
  }
  const saneKnown: Known = { ids: ofSane, words, tokens: [sane.token] }
  return { market, known, sane: { url: market.url, path, key: sane.token, known: saneKnown } }
}
