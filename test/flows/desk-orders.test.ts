import { expect, test } from 'vitest'
import { findOrder } from '../../src/desk/store/orders.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { connectCabinet, readDeskChat, startTestDesk } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

/** A chat about an order of two mugs. */
async function makeChatOfMugs({ businessId, campaignId, customer, makeOrder, call }: TestBusiness) {
  const orderId = await makeOrder()
  const items = [{ offerId: 'mug-350', name: 'Кружка', count: 2, price: 450 }]
  const order = { campaignId, customerPublicId: customer.publicId, items }
  await askAdminFor(market, `PUT /businesses/${businessId}/orders/${orderId}`, order)
  const { body } = await call('/chats/new', { context: { type: 'ORDER', id: orderId } })
  const { chatId } = (body as { result: { chatId: number } }).result // the published answer
  return { orderId, chatId: BigInt(chatId) }
}

test('the orders of chats are read where the key admits it', async () => {
  const shop = await makeBusiness(market)
  const { orderId } = await makeChatOfMugs(shop)
  const running = await startTestDesk(market)
  const token = await shop.makeKey(['all-methods'])

  const cabinetId = await connectCabinet(running, market, { ...shop, token })

  await expect
    .poll(() => findOrder(market.sql, cabinetId, orderId))
    .toMatchObject({
      fields: { items: [{ offerId: 'mug-350', name: 'Кружка', count: 2, price: expect.any(Number) }] },
    })
})

test('without the scope nobody asks for them', async () => {
  const shop = await makeBusiness(market)
  const { orderId, chatId } = await makeChatOfMugs(shop)
  const asked: string[] = []
  const listening: typeof fetch = (input, init) => {
    asked.push(`${input}`)
    return fetch(input, init)
  }
  const running = await startTestDesk(market, { fetch: listening })

  const cabinetId = await connectCabinet(running, market, shop)
  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toBeDefined()
  await running.stop()

  expect(await findOrder(market.sql, cabinetId, orderId)).toBeUndefined()
  expect(asked.filter(url => url.includes(`/${shop.businessId}/orders`))).toEqual([])
})
