import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type ChatNotification, createReceiver, type Receive, type ReceiverOptions, toNodeHandler } from '#client'
import { chatNotificationTypes, notificationTypeOf } from '#contract'
import { makeManualClock } from '#kit'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { askLabFor } from '../support/lab.ts'
import { readDeliveries } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const market = useMarket({ lab: { seed: 1 }, clock })
const settled = () => market.running.market.deliverer.settled()

/** A shop's server whose receiver can be put in, and changed, while it stands. */
async function serve(first: Receive) {
  const shop = { receive: first, url: '' }
  const handle = toNodeHandler((...asked) => shop.receive(...asked))
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  shop.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notification` // it listens on a port, not on a pipe
  return shop
}

type One = { subscription: { subscriptionId: number; state: string }; secret: string }

function subscribe({ businessId }: TestBusiness, url: string, more: object = {}): Promise<One> {
  const wish = { name: 'CRM', url, types: chatNotificationTypes, ...more }
  return askAdminFor<One>(market, `POST /businesses/${businessId}/subscriptions`, wish)
}

const receiverOf = (options: Partial<ReceiverOptions>) => createReceiver({ name: 'Лавка', ...options })
const write = (shop: TestBusiness, chatId: bigint, message = 'Заказ в пути') =>
  shop.call(`/chats/message?chatId=${chatId}`, { message })
const outcomes = async (shop: TestBusiness) =>
  (await readDeliveries(market.sql, shop)).flatMap(({ attempts }) => attempts)

test('a receiver is enabled by its PING and told of all that happens in a chat', async () => {
  const told: ChatNotification[] = []
  const note = (notification: ChatNotification) => void told.push(notification)
  const handlers = { onChatCreated: note, onMessage: note, onDisputeStarted: note, onDisputeFinished: note }
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf(handlers))]
  const buyer = await makeBuyer(market, shop.customer.publicId)

  const { subscription } = await subscribe(shop, server.url)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  await buyer.ask(`POST ${chat}/messages`, { text: 'Где заказ?' })
  await buyer.ask(`POST ${chat}/dispute`, { reason: 'Чайник разбит' })
  await askAdmin(market, `POST ${chat}/dispute/finish`)
  await settled()

  const { chat_created, message_sent, dispute_started, dispute_finished } = notificationTypeOf
  expect(subscription.state).toBe('ENABLED')
  expect(told.map(({ type }) => type)).toEqual([
    ...[chat_created, message_sent, dispute_started, message_sent, dispute_finished],
  ])
  const chatId = BigInt(chat.split('/').at(-1) ?? '')
  expect(told.every(each => each.businessId === shop.businessId && each.chatId === chatId)).toBe(true)
  expect(told[1]).toEqual({ ...told[0], type: message_sent, messageId: expect.any(BigInt), at: clock.now() })
  expect(new Set(await outcomes(shop))).toEqual(new Set(['delivered']))
})

test('a subscription that is made disabled tells its secret, and is enabled by a PING that is signed with it', async () => {
  const onMessage = vi.fn()
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf({}))]
  const chatId = await shop.makeChat()
  const { subscription, secret } = await subscribe(shop, server.url, { isEnabled: false })
  const enable = () =>
    askAdmin(market, `POST /businesses/${shop.businessId}/subscriptions/${subscription.subscriptionId}/enable`)

  server.receive = receiverOf({ verify: { secrets: `whsec_${btoa('the secret of somebody else')}` }, onMessage })
  const refused = await enable()
  server.receive = receiverOf({ verify: { secrets: secret, addresses: ['127.0.0.0/8'] }, onMessage })
  const enabled = await enable()
  await write(shop, chatId)
  await settled()

  expect(refused.body).toMatchObject({ status: 422, failure: { reason: 'HTTP', status: 403 } })
  expect(enabled.body).toMatchObject({ subscription: { state: 'ENABLED' } })
  expect(onMessage).toHaveBeenCalledTimes(1)
})

test('a receiver that checks signatures is enabled before it knows the secret, and told nothing until it does', async () => {
  const onMessage = vi.fn()
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf({}))]
  const chatId = await shop.makeChat()
  server.receive = receiverOf({ verify: { secrets: `whsec_${btoa('the secret of another one')}` }, onMessage })

  const { subscription } = await subscribe(shop, server.url)
  await write(shop, chatId)
  await settled()

  expect(subscription.state).toBe('ENABLED')
  expect(await outcomes(shop)).toEqual(['http 403'])
  expect(onMessage).not.toHaveBeenCalled()
})

test('what came while the secret was wrong is told again when it is right', async () => {
  const onMessage = vi.fn()
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf({}))]
  const chatId = await shop.makeChat()
  const { secret } = await subscribe(shop, server.url)
  server.receive = receiverOf({ verify: { secrets: `whsec_${btoa('the secret of somebody else')}` }, onMessage })
  await write(shop, chatId)
  await settled()

  server.receive = receiverOf({
    verify: { secrets: [`whsec_${btoa('the secret before this one')}`, secret] },
    onMessage,
  })
  clock.advance(120_000)
  await settled()

  expect(await outcomes(shop)).toEqual(['http 403', 'delivered'])
  expect(onMessage).toHaveBeenCalledTimes(1)
})

test('a notification whose handler failed is told again by the market, and handled', async () => {
  const onMessage = vi.fn().mockRejectedValueOnce(new Error('the database is away'))
  const onError = vi.fn()
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf({ onMessage, onError }))]
  const chatId = await shop.makeChat()
  await subscribe(shop, server.url)
  await write(shop, chatId)
  await settled()

  clock.advance(120_000)
  await settled()

  expect(await outcomes(shop)).toEqual(['http 500', 'delivered'])
  expect(onMessage.mock.calls[1]).toEqual(onMessage.mock.calls[0])
  expect(onError).toHaveBeenCalledTimes(1)
})

test('a notification that comes twice is handled once', async () => {
  const handled: bigint[] = []
  const answered: number[] = []
  const receive = receiverOf({ onMessage: ({ messageId }) => void handled.push(messageId) })
  const counting: Receive = async (...asked) => {
    const answer = await receive(...asked)
    answered.push(answer.status)
    return answer
  }
  const [shop, server] = [await makeBusiness(market), await serve(receive)]
  const chatId = await shop.makeChat()
  await subscribe(shop, server.url)
  server.receive = counting
  const fault = { target: 'notification', fault: 'duplicate', budget: 1 }
  await askLabFor(market, 'POST /faults', { businessId: shop.businessId, ...fault })

  await write(shop, chatId, 'дважды')
  await settled()
  await write(shop, chatId, 'однажды')
  await settled()

  expect(answered).toEqual([200, 200, 200])
  expect(new Set(handled).size).toBe(2)
  expect(handled).toHaveLength(2)
})

test('what another business is told of is refused for good, and holds up nothing', async () => {
  const onMessage = vi.fn()
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf({ businessId: 7, onMessage }))]
  const chatId = await shop.makeChat()
  const { subscription } = await subscribe(shop, server.url)

  await write(shop, chatId)
  await write(shop, chatId)
  await settled()

  expect(subscription.state).toBe('ENABLED')
  expect(await outcomes(shop)).toEqual(['refused', 'refused'])
  expect(onMessage).not.toHaveBeenCalled()
})

test('a handler that takes its time delays no answer, and goes on', async () => {
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
  const onMessage = async () => {
    begun.resolve()
    return over.promise
  }
  const [shop, server] = [await makeBusiness(market), await serve(receiverOf({ onMessage }))]
  const chatId = await shop.makeChat()
  await subscribe(shop, server.url)

  await write(shop, chatId)
  await begun.promise
  await settled()

  expect(await outcomes(shop)).toEqual(['delivered'])
  over.resolve('done after the answer')
})
