import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { expireTestOrders } from '../../src/market/store/orders.ts'
import { askAdmin, askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { chatPath, makeBuyer } from '../support/buyer.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const market = useMarket({ clock })
const dayMs = 24 * 60 * 60 * 1000

type Made = { order: { orderId: number; customerPublicId: string; expiresAt: string } }

async function makeTestOrder(customerName?: string) {
  const shop = await makeBusiness(market)
  const path = `/businesses/${shop.businessId}/test-orders` as const
  const { order } = await askAdminFor<Made>(market, `POST ${path}`, { campaignId: shop.campaignId, customerName })
  return { shop, order, path: `${path}/${order.orderId}` as const }
}

test('the button and createChat open the same chat about a test order, of a customer of its own', async () => {
  const { shop, order, path } = await makeTestOrder('Проверка связи')

  const pressed = await askAdmin(market, `POST ${path}/chat`)
  const again = await askAdmin(market, `POST ${path}/chat`)
  const created = await shop.call('/chats/new', { context: { type: 'ORDER', id: order.orderId } })
  const { chatId } = pressed.body as { chatId: number } // as the operation answers
  const chat = await shop.call(`/chat?chatId=${chatId}`)

  expect(order).toMatchObject({
    fake: true,
    campaignId: Number(shop.campaignId),
    expiresAt: '2026-03-11T09:00:00.000Z',
  })
  expect(order.customerPublicId).not.toBe(shop.customer.publicId)
  expect([again.body, created.body]).toMatchObject([{ chatId }, { result: { chatId } }])
  expect(chat.body).toMatchObject({
    result: { status: 'NEW', context: { customer: { name: 'Проверка связи' }, orderId: order.orderId } },
  })
})

test('the shop may write in a test chat, staff too; no customer ever answers there', async () => {
  const { shop, order, path } = await makeTestOrder()
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${path}/chat`)
  const nobody = await makeBuyer(market, order.customerPublicId)
  const chat = chatPath(shop, chatId)

  const shops = await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Раз, два, проверка' })
  const staff = await askAdmin(market, `POST ${chat}/support-messages`, { text: 'Слышим' })
  const customers = [
    await nobody.ask(`POST ${chat}/messages`, { text: 'Ответ' }),
    await nobody.ask(`POST ${chat}/stickers`, { sticker: 'ok' }),
    await nobody.ask(`POST ${chat}/dispute`, { reason: 'Спор' }),
    await nobody.sendFile(chat, new Uint8Array([1])),
    await nobody.ask('POST /chats', { businessId: shop.businessId, orderId: order.orderId }),
  ]
  const history = await shop.call(`/chats/history?chatId=${chatId}`, {})

  expect([shops.status, staff.status]).toEqual([200, 201])
  expect(customers.map(problemOf)).toMatchObject(
    customers.map(() => ({ status: 409, detail: expect.stringContaining('no customer answers in a test chat') })),
  )
  expect((history.body as { result: { messages: [] } }).result.messages).toHaveLength(2)
})

test('a return of a test order has no chat', async () => {
  const { shop, order } = await makeTestOrder()
  await askAdminFor(market, `PUT /businesses/${shop.businessId}/returns/5`, { orderId: order.orderId })

  const reply = await shop.call('/chats/new', { context: { type: 'RETURN', id: 5 } })

  expect(reply.status).toBe(400)
})

test('the order system cannot put an order in the place of a test order', async () => {
  const { shop, order } = await makeTestOrder()
  const real = { campaignId: shop.campaignId, customerPublicId: order.customerPublicId }

  const reply = await askAdmin(market, `PUT /businesses/${shop.businessId}/orders/${order.orderId}`, real)

  expect(problemOf(reply)).toMatchObject({ status: 409, detail: expect.stringContaining('test order') })
})

test('a test order is kept ten days, then it is gone with its chat and its returns; real ones stay', async () => {
  const { shop, order, path } = await makeTestOrder()
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${path}/chat`)
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Проверка' })
  await askAdminFor(market, `PUT /businesses/${shop.businessId}/returns/6`, { orderId: order.orderId })
  const real = await shop.makeChat()
  const statuses = async () => [
    (await askAdmin(market, `GET /businesses/${shop.businessId}/orders/${order.orderId}`)).status,
    (await shop.call(`/chats/history?chatId=${chatId}`, {})).status,
    (await shop.call(`/chat?chatId=${real}`)).status,
  ]

  clock.advance(10 * dayMs - 1)
  await expireTestOrders(market.running.market.sql, clock.now())
  const kept = await statuses()
  clock.advance(1)
  await expireTestOrders(market.running.market.sql, clock.now())
  const gone = await statuses()

  expect(kept).toEqual([200, 200, 200])
  expect(gone).toEqual([404, 404, 200])
})

test('a test order is removed with its chat at once, and no other is', async () => {
  const { shop, order, path } = await makeTestOrder('Проверка связи')
  const orders = `/businesses/${shop.businessId}/test-orders` as const
  const kept = await askAdminFor<Made>(market, `POST ${orders}`, { campaignId: shop.campaignId })
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${path}/chat`)
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Проверка' })
  const list = () => askAdminFor<{ orders: unknown[] }>(market, `GET /businesses/${shop.businessId}/orders?isTest=true`)
  expect((await list()).orders).toMatchObject([
    { orderId: kept.order.orderId },
    { orderId: order.orderId, customerName: 'Проверка связи' },
  ])

  const removed = await askAdmin(market, `DELETE ${path}`)

  expect(removed.status).toBe(204)
  expect((await list()).orders).toMatchObject([{ orderId: kept.order.orderId }])
  expect((await shop.call(`/chats/history?chatId=${chatId}`, {})).status).toBe(404)
  expect((await askAdmin(market, `DELETE ${path}`)).status).toBe(404)
})

test('of two test orders of one business each goes at its own time', async () => {
  const { shop, order } = await makeTestOrder()
  clock.advance(dayMs)
  const orders = `/businesses/${shop.businessId}/test-orders` as const
  const later = await askAdminFor<Made>(market, `POST ${orders}`, { campaignId: shop.campaignId })
  const statuses = async () => {
    await expireTestOrders(market.running.market.sql, clock.now())
    const read = ({ orderId }: Made['order']) =>
      askAdmin(market, `GET /businesses/${shop.businessId}/orders/${orderId}`)
    return [(await read(order)).status, (await read(later.order)).status]
  }

  clock.advance(9 * dayMs)
  const afterTenDays = await statuses()
  clock.advance(dayMs)

  expect([afterTenDays, await statuses()]).toEqual([
    [404, 200],
    [404, 404],
  ])
})
