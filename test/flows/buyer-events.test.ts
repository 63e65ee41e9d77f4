import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdmin } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { type Buyer, buyerOf, chatPath, makeBuyer, openOrderChat } from '../support/buyer.ts'
import { openEvents, textsOf } from '../support/event-stream.ts'
import { startSecond } from '../support/second-market.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const timedMarket = useMarket({ clock })
async function makeConversation(orderId?: bigint) {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder(orderId))
  const chatId = Number(chat.split('/').at(-1))
  const shopWrites = (message: string) => shop.call(`/chats/message?chatId=${chatId}`, { message })
  return { shop, buyer, chat, chatId, shopWrites }
}

const send = (buyer: Buyer, chat: `/${string}`, text: string) => buyer.ask(`POST ${chat}/messages`, { text })

test('what either side writes comes at once, and the chat as it is after it', async () => {
  const { shop, buyer, chat, chatId, shopWrites } = await makeConversation(9223372036854775807n)
  const stream = await openEvents(market, buyer)
  await stream.take('chat')

  await shopWrites('Уже едет')
  const [fromShop] = await stream.take('message')
  const [after] = await stream.take('chat')
  await send(buyer, chat, 'Спасибо')
  const [own] = await stream.take('message')
  await askAdmin(market, `POST ${chat}/market-messages`, { text: 'Оцените ответ' })
  const [automatic] = await stream.take('message')

  const place = { businessId: Number(shop.businessId), chatId }
  expect(fromShop?.data).toMatchObject({ ...place, message: { sender: 'PARTNER', kind: 'text', text: 'Уже едет' } })
  expect(after?.data).toMatchObject({ ...place, status: 'WAITING_FOR_CUSTOMER' })
  expect(after?.data).toMatchObject({ context: { orderId: 9223372036854775807n } })
  expect([own, automatic].map(one => one?.data)).toMatchObject([
    { message: { sender: 'CUSTOMER', text: 'Спасибо' } },
    { message: { sender: 'MARKET', text: 'Оцените ответ' } },
  ])
})

test('the stream is one that browsers and proxies pass on as it comes', async () => {
  const { buyer } = await makeConversation()

  const { headers } = await openEvents(market, buyer)

  expect(headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
})

test('acts without a message come as the chat alone: opened, dispute finished, closed', async () => {
  const { shop, buyer, chat } = await makeConversation()
  const stream = await openEvents(market, buyer)
  await stream.take('chat')

  const another = await openOrderChat(buyer, shop, await shop.makeOrder())
  const [opened] = await stream.take('chat')
  await buyer.ask(`POST ${chat}/dispute`, { reason: 'Разбит' })
  const [disputed] = await stream.take('chat')
  await askAdmin(market, `POST ${chat}/dispute/finish`)
  const [finished] = await stream.take('chat')

  expect(chatPath(shop, Number(opened?.data['chatId']))).toBe(another)
  expect(disputed?.data).toMatchObject({ type: 'ARBITRAGE', status: 'WAITING_FOR_ARBITER' })
  expect(finished?.data).toMatchObject({ type: 'ARBITRAGE', status: 'FINISHED' })
  expect(textsOf(stream)).toEqual(['Разбит'])
})

test('a customer is told of their own chats only', async () => {
  const [one, two] = [await makeConversation(), await makeConversation()]
  const stream = await openEvents(market, one.buyer)

  await two.shopWrites('Не вам')
  await one.shopWrites('Вам')
  await stream.take('message')

  expect(textsOf(stream)).toEqual(['Вам'])
  expect(stream.seen.map(({ data }) => data['chatId'])).not.toContain(two.chatId)
})

test('every stream of a customer is told, and what is written through another process too', async () => {
  const second = await startSecond(market)
  const { shop, buyer, chat } = await makeConversation()
  const streams = [await openEvents(market, buyer), await openEvents(market, buyer), await openEvents(second, buyer)]
  const elsewhere = buyerOf(second, buyer.publicId, buyer.token)

  await send(elsewhere, chat, 'Через второй')
  await send(buyer, chat, 'Через первый')
  await Promise.all(streams.map(stream => stream.take('message', 2)))

  for (const stream of streams) expect(textsOf(stream).sort()).toEqual(['Через второй', 'Через первый'].sort())
  expect(shop.businessId).toBeGreaterThan(0n)
})

test('who comes back with the last id, to any process, misses nothing', async () => {
  const second = await startSecond(market)
  const { buyer, shopWrites } = await makeConversation()
  const first = await openEvents(market, buyer)
  await first.take('chat')
  await shopWrites('До разрыва')
  await first.take('message')
  await first.take('chat')

  first.leave()
  for (const text of ['раз', 'два', 'три']) await shopWrites(text)
  const back = await openEvents(second, { ...buyer, lastEventId: first.lastId() })
  await back.take('message', 4)
  await shopWrites('четыре')
  await back.take('message')

  expect(textsOf(back)).toEqual(['До разрыва', 'раз', 'два', 'три', 'четыре'])
})

test('a position says how far back to look', async () => {
  const shop = await makeBusiness(timedMarket)
  const buyer = await makeBuyer(timedMarket, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  for (const text of ['час назад', 'минуту назад']) {
    clock.advance(text === 'час назад' ? 0 : 59 * 60_000)
    await send(buyer, chat, text)
  }
  clock.advance(60_000)
  const read = async (lastEventId?: number | bigint) => {
    const from = lastEventId === undefined ? {} : { lastEventId: `${lastEventId}` }
    const stream = await openEvents(timedMarket, { token: buyer.token, ...from })
    await send(buyer, chat, 'конец')
    while (textsOf(stream).at(-1) !== 'конец') await stream.take('message')
    stream.leave()
    clock.advance(60_000)
    return textsOf(stream).filter(text => text !== 'конец')
  }

  expect(await read()).toEqual([])
  expect(await read(clock.now().getTime() - 5 * 60_000)).toEqual(['минуту назад'])
  expect(await read(0)).toEqual(['час назад', 'минуту назад'])
  expect(await read(2n ** 63n - 1n)).toEqual([])
})

test('a long silence is caught up on in full, in order, each message once', async () => {
  const { buyer, chat } = await makeConversation()
  const texts = Array.from({ length: 130 }, (_, index) => `${index} ${'я'.repeat(3000)}`)
  for (const text of texts) await send(buyer, chat, text)

  const stream = await openEvents(market, { ...buyer, lastEventId: '1' })
  await stream.take('message', texts.length)

  expect(textsOf(stream)).toEqual(texts)
})

test('messages that pour in while a stream opens come all, in order, each once', async () => {
  const { buyer, chat } = await makeConversation()
  const texts = Array.from({ length: 60 }, (_, index) => `${index}`)
  const writing = (async () => {
    for (const text of texts) await send(buyer, chat, text)
  })()

  const streams = [await openEvents(market, buyer), await openEvents(market, buyer)]
  await Promise.all(streams.map(stream => stream.take('message', texts.length)))
  await writing

  for (const stream of streams) expect(textsOf(stream)).toEqual(texts)
})
