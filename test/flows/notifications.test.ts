import { expect, test } from 'vitest'
import { findSubscription, setSubscriptionState } from '../../src/market/store/subscriptions.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { type Answering, type Arrival, makeReceiver } from '../support/receiver.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

const settled = () => market.running.market.deliverer.settled()

const write = (shop: TestBusiness, chatId: bigint, message = 'Заказ в пути') =>
  shop.call(`/chats/message?chatId=${chatId}`, { message })

const typesOf = (arrivals: Arrival[]) => arrivals.map(({ body }) => body.notificationType)

test('a shop is told of its new chat and of each message, with the facts that it needs to read them', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)

  const chatId = await shop.makeChat()
  await write(shop, chatId)
  await settled()

  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/)
  const ids = { businessId: Number(shop.businessId), chatId: Number(chatId) }
  expect(receiver.arrivals.map(({ body }) => body)).toEqual([
    { notificationType: 'CHAT_CREATED', ...ids, createdAt: at },
    { notificationType: 'CHAT_MESSAGE_SENT', ...ids, messageId: expect.stringMatching(/^\d+$/), sentAt: at },
  ])
  expect(await readDeliveries(market.sql, shop)).toEqual([
    { type: 'chat_created', state: 'delivered', attempts: ['delivered'] },
    { type: 'message_sent', state: 'delivered', attempts: ['delivered'] },
  ])
})

test('everybody who writes is told of, a sticker is not; a dispute is told of when it opens and when it ends', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const buyer = await makeBuyer(market, shop.customer.publicId)
  await subscribe(market.sql, shop, receiver)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  const chatId = BigInt(chat.split('/').at(-1) ?? '')

  const sticker = await buyer.ask(`POST ${chat}/stickers`, { sticker: 'yes' })
  await buyer.ask(`POST ${chat}/messages`, { text: 'Где заказ?' })
  await buyer.sendFile(chat, new Uint8Array([1, 2, 3]))
  await write(shop, chatId)
  await buyer.ask(`POST ${chat}/dispute`, { reason: 'Чайник разбит' })
  await askAdminFor(market, `POST ${chat}/support-messages`, { text: 'Разбираемся' })
  await askAdminFor(market, `POST ${chat}/market-messages`, { text: 'Спор открыт' })
  await askAdmin(market, `POST ${chat}/dispute/finish`)
  await settled()

  expect(sticker.status).toBe(201)
  const sent = 'CHAT_MESSAGE_SENT'
  const opened = ['CHAT_ARBITRAGE_STARTED', sent]
  expect(typesOf(receiver.arrivals)).toEqual([
    ...['CHAT_CREATED', sent, sent, sent, ...opened, sent, sent],
    'CHAT_ARBITRAGE_FINISHED',
  ])
})

test('a direct chat is told of, and has no disputes to tell of', async () => {
  const shop = await makeBusiness(market)
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { directMessages: 'all' })
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)
  const buyer = await makeBuyer(market)
  const { chatId } = (await buyer.ask('POST /chats', { businessId: shop.businessId })).body as { chatId: number } // as the operation answers

  await buyer.ask(`POST /businesses/${shop.businessId}/chats/${chatId}/dispute`, { reason: 'Хочу спор' })
  await buyer.ask(`POST /businesses/${shop.businessId}/chats/${chatId}/messages`, { text: 'Есть ли синий?' })
  await settled()

  expect(typesOf(receiver.arrivals)).toEqual(['CHAT_CREATED', 'CHAT_MESSAGE_SENT'])
})

test('a chat that many open at once is told of once, and not again when it is found', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)
  const context = { type: 'ORDER', id: await shop.makeOrder() }

  await Promise.all(Array.from({ length: 10 }, () => shop.call('/chats/new', { context })))
  await shop.call('/chats/new', { context })
  await settled()

  expect(typesOf(receiver.arrivals)).toEqual(['CHAT_CREATED'])
})

test('a subscription is told of the types that it wants and of its own business', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  const [chats, messages] = [await makeReceiver(), await makeReceiver()]
  await subscribe(market.sql, shop, { ...chats, types: ['chat_created'] })
  await subscribe(market.sql, shop, { ...messages, types: ['message_sent'] })

  await write(shop, await shop.makeChat())
  await write(other, await other.makeChat())
  await settled()

  expect([typesOf(chats.arrivals), typesOf(messages.arrivals)]).toEqual([['CHAT_CREATED'], ['CHAT_MESSAGE_SENT']])
})

test.each<[answering: Answering, state: string, attempt: string]>([
  ['ok', 'delivered', 'delivered'],
  ['refuse', 'refused', 'refused'],
  ['fail', 'waiting', 'http 500'],
  ['redirect', 'waiting', 'http 302'],
  ['garbage', 'waiting', 'invalid_data 200'],
  ['close', 'waiting', 'connection_refused'],
])('a shop that answers with %s: the notification is %s', async (answering, state, attempt) => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver(answering)
  await subscribe(market.sql, shop, { ...receiver, types: ['chat_created'] })

  await shop.makeChat()
  await settled()

  expect(await readDeliveries(market.sql, shop)).toEqual([{ type: 'chat_created', state, attempts: [attempt] }])
  expect(receiver.arrivals.map(({ path }) => path)).toEqual(['/notification'])
})

test('what was written for a subscription in the moment of its disabling is cancelled and counted', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const subscription = await subscribe(market.sql, shop, receiver)
  await shop.makeChat()
  await settled()
  await setSubscriptionState(market.sql, subscription, { from: ['enabled'], to: 'disabled', now: new Date() })

  await market.sql`update market.deliveries set state = 'waiting', finished_at = null where business_id = ${shop.businessId}`
  await settled()

  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ state: 'cancelled' }])
  expect(await findSubscription(market.sql, subscription)).toMatchObject({ cancelled: 1 })
  expect(receiver.arrivals).toHaveLength(1)
})

test('the metrics tell what attempts came to, how many are under way, and what waits', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  receiver.onArrival = () => gate
  const read = async (name: string) => {
    const text = await (await fetch(`${market.url}/metrics`)).text()
    const line = text.split('\n').find(each => each.startsWith(`prilavok_${name} `))
    return Number(line?.split(' ').at(-1))
  }
  const delivered = 'delivery_attempts_total{outcome="delivered"}'
  const before = await read(delivered)
  const waitingBefore = await read('deliveries_unfinished')

  await write(shop, await shop.makeChat())
  await receiver.arrived(1)
  // The figures are up to a second old.
  await expect.poll(() => read('delivery_attempts_in_flight')).toBe(1)
  await expect.poll(() => read('deliveries_unfinished')).toBe(waitingBefore + 2)
  open()
  await settled()

  await expect.poll(() => read(delivered)).toBe(before + 2)
  await expect.poll(() => read('delivery_attempts_in_flight')).toBe(0)
})

test('under load, every message is told once, in the order of its chat, and can be read when it is told', async () => {
  const shop = await makeBusiness(market, { scopes: ['all-methods'] })
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
  const chatIds = await Promise.all(Array.from({ length: 5 }, () => shop.makeChat()))
  const unreadable: unknown[] = []
  receiver.onArrival = async ({ body: { chatId, messageId } }) => {
    const reply = await shop.call(`/chats/message?chatId=${chatId}&messageId=${messageId}`)
    if (reply.status !== 200) unreadable.push(reply.text)
  }

  const writing = Array.from({ length: 200 }, (_, n) => write(shop, chatIds[n % 5] ?? 0n, `${n}`))
  await Promise.all(writing)
  await settled()

  const ids = (chatId: bigint) =>
    receiver.arrivals.filter(({ body }) => BigInt(body.chatId) === chatId).map(({ body }) => Number(body.messageId))
  for (const chatId of chatIds) expect(ids(chatId)).toEqual(ids(chatId).toSorted((a, b) => a - b))
  expect(new Set(receiver.arrivals.map(({ headers }) => headers['webhook-id'])).size).toBe(200)
  expect(receiver.arrivals).toHaveLength(200)
  expect(receiver.mostAtOnce).toBe(1)
  expect(unreadable).toEqual([])
})
