import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeChatOf } from '../support/other-chats.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:30Z'))
const market = useMarket({ clock })

test('orders are listed newest first, test orders apart, each once', async () => {
  const shop = await makeBusiness(market)
  const orders = []
  for (let index = 0; index < 3; index++) {
    orders.push(Number(await shop.makeOrder()))
    clock.advance(1_000)
  }
  const path = `/businesses/${shop.businessId}` as const
  const made = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${path}/test-orders`, {
    campaignId: shop.campaignId,
  })
  type Orders = { orders: { orderId: number; customerPublicId: string }[]; nextPageToken?: string }
  const list = (query: string) => askAdminFor<Orders>(market, `GET ${path}/orders?${query}`)
  const ids = ({ orders }: Orders) => orders.map(({ orderId }) => orderId)

  const pages = [await list('limit=2')]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await list(`limit=2&pageToken=${token}`))
  const one = await askAdminFor(market, `GET ${path}/orders/${orders[0]}`)

  const newestFirst = [made.order.orderId, ...orders.toReversed()]
  expect(pages.map(ids)).toEqual([newestFirst.slice(0, 2), newestFirst.slice(2)])
  expect(ids(await list('isTest=true'))).toEqual([made.order.orderId])
  expect(ids(await list('isTest=false'))).toEqual(orders.toReversed())
  expect({ order: pages.at(-1)?.orders.at(-1) }).toEqual(one)
})

test('customers who have chats with a business are listed once each, with how many', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  await other.makeChat()
  await shop.makeChat()
  await shop.makeChat()
  await makeChatOf({ market, clock }, shop, { publicId: `one-${shop.businessId}`, name: 'Один' })
  await makeChatOf({ market, clock }, shop, { publicId: `two-${shop.businessId}`, name: 'Два' })
  type Customers = { customers: { publicId: string; name: string; chats: number }[]; nextPageToken?: string }
  const list = (query: string) =>
    askAdminFor<Customers>(market, `GET /businesses/${shop.businessId}/customers?${query}`)

  const pages = [await list('limit=2')]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await list(`limit=2&pageToken=${token}`))

  expect(pages.map(({ customers }) => customers)).toEqual([
    [
      { publicId: `two-${shop.businessId}`, name: 'Два', chats: 1 },
      { publicId: `one-${shop.businessId}`, name: 'Один', chats: 1 },
    ],
    [{ publicId: shop.customer.publicId, name: 'Анна', chats: 2 }],
  ])
})
