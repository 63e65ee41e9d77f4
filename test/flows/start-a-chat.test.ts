import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Opened = { result: { chatId: number } }

test('a shop finds no chat of an order, opens one, and finds it by its context from then on', async () => {
  const shop = await makeBusiness(market)
  const orderId = await shop.makeOrder()
  const byContext = { contexts: [{ type: 'ORDER', id: orderId }] }
  const before = await shop.call('/chats', byContext)

  const opened = await shop.call('/chats/new', { context: { type: 'ORDER', id: orderId } })
  const again = await shop.call('/chats/new', { orderId })
  const after = await shop.call('/chats', byContext)

  expect(before.body).toEqual({ status: 'OK', result: { chats: [], paging: {} } })
  expect(again.body).toEqual(opened.body)
  expect(after.body).toMatchObject({
    result: {
      chats: [
        {
          chatId: (opened.body as Opened).result.chatId, // the published answer
          orderId: Number(orderId),
          type: 'CHAT',
          status: 'NEW',
          context: {
            type: 'ORDER',
            orderId: Number(orderId),
            campaignId: Number(shop.campaignId),
            customer: { name: shop.customer.name, publicId: shop.customer.publicId },
          },
        },
      ],
    },
  })
})

test('a chat about a return names the return and its order', async () => {
  const shop = await makeBusiness(market)
  const returnId = await shop.makeReturn()

  const opened = await shop.call('/chats/new', { context: { type: 'RETURN', id: returnId } })
  const chat = await shop.call(`/chat?chatId=${(opened.body as Opened).result.chatId}`) // the published answer

  expect(chat.body).toMatchObject({
    result: { context: { type: 'RETURN', returnId: Number(returnId), orderId: expect.any(Number) } },
  })
})

test('a DBS shop opens no chat about a return', async () => {
  const shop = await makeBusiness(market, { placementType: 'dbs' })
  const opened = await shop.call('/chats/new', { context: { type: 'RETURN', id: await shop.makeReturn() } })
  expect(opened.status).toBe(400)
})

test('an order or a return of another business answers as one that does not exist', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  const [orderId, returnId] = [await other.makeOrder(), await other.makeReturn()]

  const order = await shop.call('/chats/new', { context: { type: 'ORDER', id: orderId } })
  const goods = await shop.call('/chats/new', { context: { type: 'RETURN', id: returnId } })

  expect([order.status, goods.status]).toEqual([404, 404])
  expect(order.text).toContain(`Order not found: ${orderId}`)
  expect(goods.text).toContain(`Return not found: ${returnId}`)
})

test('an order of 63 bits comes back digit for digit', async () => {
  const shop = await makeBusiness(market)
  const orderId = await shop.makeOrder(9223372036854775807n)

  const opened = await shop.call('/chats/new', { context: { type: 'ORDER', id: orderId } })
  const chat = await shop.call(`/chat?chatId=${(opened.body as Opened).result.chatId}`) // the published answer

  expect(chat.text).toContain('"orderId":9223372036854775807')
})

test('a test chat is opened like any other, and the shop may write and send files in it', async () => {
  const shop = await makeBusiness(market)
  const made = await ask(`${market.url}/admin/v1/businesses/${shop.businessId}/test-orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${market.adminToken}` },
    json: { campaignId: shop.campaignId },
  })
  const { orderId } = (made.body as { order: { orderId: number } }).order // the admin API's answer

  const opened = await shop.call('/chats/new', { context: { type: 'ORDER', id: orderId } })
  const { chatId } = (opened.body as Opened).result // the published answer
  const sent = await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Проверка' })

  expect(sent.text).toBe('{"status":"OK"}')
})
