import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { findSubscription, type SubscriptionRow } from '../../src/market/store/subscriptions.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Answering, makeReceiver, type Receiver } from '../support/receiver.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const market = useMarket({ clock })
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const settled = () => market.running.market.deliverer.settled()

type Told = { shop: TestBusiness; receiver: Receiver; subscription: SubscriptionRow; chatId: bigint }

/** A shop with a chat of which it was not told, and a subscription to what comes. */
async function makeTold(answering: Answering): Promise<Told> {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver(answering)
  const chatId = await shop.makeChat()
  const subscription = await subscribe(market.sql, shop, receiver)
  return { shop, receiver, subscription, chatId }
}

const write = ({ shop, chatId }: Told) => shop.call(`/chats/message?chatId=${chatId}`, { message: 'Заказ в пути' })

const stored = async ({ subscription }: Told) => {
  const found = await findSubscription(market.sql, subscription)
  if (!found) throw new Error('the subscription is gone')
  return found
}

/** To the next moment for which something waits. */
async function goOn(): Promise<void> {
  const next = clock.nextAt()
  if (!next) throw new Error('nothing waits for the clock')
  clock.advance(next.getTime() - clock.now().getTime())
  await settled()
}

test('what failed is sent again after a minute, under the same id, and what waited behind it follows in order', async () => {
  const told = await makeTold('fail')
  const { receiver } = told
  for (let n = 0; n < 3; n++) await write(told)
  await settled()
  expect(receiver.arrivals).toHaveLength(1)

  clock.advance(0.8 * minuteMs)
  await settled()
  expect(receiver.arrivals).toHaveLength(1)
  receiver.answering = 'ok'
  clock.advance(0.4 * minuteMs)
  await settled()

  const [first, again, ...rest] = receiver.arrivals.map(({ headers }) => headers['webhook-id'])
  expect(again).toBe(first)
  expect(new Set([first, ...rest]).size).toBe(3)
  expect(await readDeliveries(market.sql, told.shop)).toEqual([
    { type: 'message_sent', state: 'delivered', attempts: ['http 500', 'delivered'] },
    { type: 'message_sent', state: 'delivered', attempts: ['delivered'] },
    { type: 'message_sent', state: 'delivered', attempts: ['delivered'] },
  ])
  expect(await stored(told)).toMatchObject({ state: 'enabled', failures: 0, failingSince: null })
})

test('a refusal is an answer: it is final, and the failures before it are forgotten', async () => {
  const told = await makeTold('fail')
  await write(told)
  await settled()

  told.receiver.answering = 'refuse'
  await goOn()

  expect(await readDeliveries(market.sql, told.shop)).toEqual([
    { type: 'message_sent', state: 'refused', attempts: ['http 500', 'refused'] },
  ])
  expect(await stored(told)).toMatchObject({ failures: 0 })
})

test('a shop that does not answer for ten seconds has failed, and holds up nobody else', async () => {
  const slow = await makeTold('hang')
  const others = await Promise.all(Array.from({ length: 10 }, () => makeTold('ok')))
  await write(slow)
  await slow.receiver.arrived(1)

  await Promise.all(others.map(write))
  await Promise.all(others.map(({ receiver }) => receiver.arrived(1)))
  expect(await readDeliveries(market.sql, slow.shop)).toMatchObject([{ state: 'in_flight', attempts: [] }])
  clock.advance(10_000)
  await settled()

  expect(await readDeliveries(market.sql, slow.shop)).toEqual([
    { type: 'message_sent', state: 'waiting', attempts: ['read_timed_out'] },
  ])
  slow.receiver.answering = 'ok'
  await goOn()
  expect(await readDeliveries(market.sql, slow.shop)).toMatchObject([{ state: 'delivered' }])
})

test('a shop that fails for 14 days is given up: its subscription fails, and what waited is cancelled and counted', async () => {
  const told = await makeTold('fail')
  const began = clock.now().getTime()
  for (let n = 0; n < 3; n++) await write(told)
  await settled()
  const times = [began]

  while ((await stored(told)).state === 'enabled') {
    await goOn()
    if (told.receiver.arrivals.length > times.length) times.push(clock.now().getTime())
  }

  const took = (times.at(-1) ?? 0) - began
  expect(times).toHaveLength(465)
  expect(Math.abs(took / dayMs - 14)).toBeLessThan(0.2)
  expect(await stored(told)).toMatchObject({ state: 'failed', cancelled: 3, failures: 465, stateSince: clock.now() })
  expect((await readDeliveries(market.sql, told.shop)).map(({ state }) => state)).toEqual(Array(3).fill('cancelled'))
  await write(told)
  await settled()
  expect(told.receiver.arrivals).toHaveLength(465)
  expect(await readDeliveries(market.sql, told.shop)).toHaveLength(3)
}, 300_000)

test('a clock that jumps ahead gives up nobody who was not really tried, and one that steps back delays nobody', async () => {
  const told = await makeTold('fail')
  await write(told)
  await settled()

  clock.advance(15 * dayMs)
  await settled()
  expect(await stored(told)).toMatchObject({ state: 'enabled', failures: 2, cancelled: 0 })
  clock.advance(-dayMs)
  told.receiver.answering = 'ok'
  await settled()

  expect(await readDeliveries(market.sql, told.shop)).toMatchObject([
    { state: 'delivered', attempts: ['http 500', 'http 500', 'delivered'] },
  ])
})
