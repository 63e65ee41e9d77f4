import { expect, test } from 'vitest'
import { askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Buyer, chatPath, makeBuyer } from '../support/buyer.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Mode = 'off' | 'subscribers' | 'all'

async function makeShop(directMessages: Mode): Promise<TestBusiness> {
  const shop = await makeBusiness(market)
  await setMode(shop, directMessages)
  return shop
}

const setMode = ({ businessId }: TestBusiness, directMessages: Mode) =>
  askAdminFor(market, `PATCH /businesses/${businessId}`, { directMessages })

const subscribe = ({ publicId }: Buyer, subscribedTo: bigint[]) =>
  askAdminFor(market, `PUT /customers/${publicId}`, { name: 'Борис', subscribedTo })

const openDirect = (buyer: Buyer, { businessId }: TestBusiness) => buyer.ask('POST /chats', { businessId })

test.each<[mode: Mode, isSubscribed: boolean, status: number]>([
  ['off', false, 403],
  ['off', true, 403],
  ['subscribers', false, 403],
  ['subscribers', true, 200],
  ['all', false, 200],
  ['all', true, 200],
])('direct messages %s, subscribed %s: %i', async (mode, isSubscribed, status) => {
  const shop = await makeShop(mode)
  const other = await makeShop('subscribers')
  const buyer = await makeBuyer(market)
  await subscribe(buyer, isSubscribed ? [shop.businessId] : [other.businessId])

  const reply = await openDirect(buyer, shop)
  const { body } = await shop.call('/chats', {})

  expect(reply.status).toBe(status)
  expect((body as { result: { chats: [] } }).result.chats).toHaveLength(status === 200 ? 1 : 0)
  if (status === 403) expect(problemOf(reply).detail).toContain(`Business ${shop.businessId} takes`)
})

test('a direct chat is one for a customer and a business, however often it is opened', async () => {
  const shop = await makeShop('all')
  const [one, two] = [await makeBuyer(market), await makeBuyer(market)]

  const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => openDirect(index % 2 ? one : two, shop)))

  const ids = (parity: number) => new Set(replies.filter((_, index) => index % 2 === parity).map(reply => reply.text))
  expect(replies.map(reply => reply.status)).toEqual(replies.map(() => 200))
  expect([ids(0).size, ids(1).size]).toEqual([1, 1])
  expect(ids(0)).not.toEqual(ids(1))
})

test('the shop sees who writes, without an order, and may answer', async () => {
  const shop = await makeShop('all')
  const buyer = await makeBuyer(market)
  const { chatId } = (await openDirect(buyer, shop)).body as { chatId: number } // as the operation answers

  await buyer.ask(`POST ${chatPath(shop, chatId)}/messages`, { text: 'Есть ли синий?' })
  const list = await shop.call('/chats', { contextTypes: ['DIRECT'] })
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Есть' })
  const read = await buyer.ask(`GET ${chatPath(shop, chatId)}/messages`)

  const context = { type: 'DIRECT', customer: { name: 'Борис', publicId: buyer.publicId } }
  expect(list.body).toMatchObject({ result: { chats: [{ chatId, context, status: 'WAITING_FOR_PARTNER' }] } })
  expect((list.body as { result: { chats: [{ context: object }] } }).result.chats[0].context).toEqual(context)
  expect(read.body).toMatchObject({ messages: [{ text: 'Есть ли синий?' }, { sender: 'PARTNER', text: 'Есть' }] })
})

test('a chat that was begun goes on when direct messages are switched off; a new one does not begin', async () => {
  const shop = await makeShop('all')
  const [old, late] = [await makeBuyer(market), await makeBuyer(market)]
  const { chatId } = (await openDirect(old, shop)).body as { chatId: number } // as the operation answers

  await setMode(shop, 'off')
  const goesOn = await old.ask(`POST ${chatPath(shop, chatId)}/messages`, { text: 'Я ещё здесь' })
  const begins = await openDirect(late, shop)

  expect([goesOn.status, begins.status]).toEqual([201, 403])
})
