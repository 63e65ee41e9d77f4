import { expect, test, vi } from 'vitest'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeBusinessIn, waitForShares, waitForStates } from '../support/lanes.ts'
import { makeReceiver } from '../support/receiver.ts'
import { startSecond } from '../support/second-market.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

const write = (shop: TestBusiness, chatId: bigint) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message: 'Заказ в пути' })

/** Attempts that a machine which was busy with something else did not answer in time are made again, and rightly so. */
async function countTimeouts(shops: readonly TestBusiness[]): Promise<number> {
  const deliveries = await Promise.all(shops.map(shop => readDeliveries(market.sql, shop)))
  return deliveries.flat().flatMap(({ attempts }) => attempts.filter(outcome => outcome === 'read_timed_out')).length
}

test('processes share the lanes evenly, and a shop is told by one at a time, also while they come and go', async () => {
  const told = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const shop = await makeBusiness(market)
      const receiver = await makeReceiver()
      const chatId = await shop.makeChat()
      receiver.onArrival = () => shop.call('/chats', {})
      await subscribe(market.sql, shop, receiver)
      return { shop, receiver, chatId }
    }),
  )
  const writeToAll = () => Promise.all(told.flatMap(({ shop, chatId }) => [1, 2, 3, 4].map(() => write(shop, chatId))))

  await waitForShares([market.running], 64)
  await writeToAll()
  const second = await startSecond(market)
  const [shares] = await Promise.all([waitForShares([market.running, second], 32), writeToAll()])
  await Promise.all([writeToAll(), second.stop()])
  await waitForShares([market.running], 64)
  await writeToAll()
  await Promise.all(told.map(({ receiver }) => receiver.arrived(16)))

  expect(new Set(shares.flat()).size).toBe(64)
  for (const { shop, receiver } of told) {
    await waitForStates(market, shop, Array(16).fill('delivered'))
    expect(receiver.mostAtOnce).toBe(1)
    expect(new Set(receiver.arrivals.map(({ headers }) => headers['webhook-id'])).size).toBe(16)
    expect(receiver.arrivals).toHaveLength(16 + (await countTimeouts([shop])))
  }
})

test('a lane with an attempt under way is handed over when that is done, not in the middle', async () => {
  await waitForShares([market.running], 64)
  const receiver = await makeReceiver()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  receiver.onArrival = () => gate
  const shops = await Promise.all(Array.from({ length: 48 }, () => makeBusiness(market)))
  for (const shop of shops) await subscribe(market.sql, shop, { ...receiver, types: ['chat_created'] })
  // Together, and last: from the first on an attempt is under way, which has ten seconds.
  await Promise.all(shops.map(shop => shop.makeChat()))
  await receiver.arrived(48)

  const second = await startSecond(market)
  await vi.waitFor(() => expect(second.market.deliverer.lanes.length).toBeGreaterThan(0), { timeout: 30_000 })
  open()
  await waitForShares([market.running, second], 32)
  await Promise.all([market.running, second].map(running => running.market.deliverer.settled()))

  expect(new Set(receiver.arrivals.map(({ headers }) => headers['webhook-id'])).size).toBe(48)
  expect(receiver.arrivals).toHaveLength(48 + (await countTimeouts(shops)))
})

test('a process that stops leaves what it has begun well alone, and tells of nothing twice', async () => {
  const second = await startSecond(market)
  const [, lanes] = await waitForShares([market.running, second], 32)
  const shop = await makeBusinessIn(lanes, market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  receiver.onArrival = () => gate

  const chatId = await shop.makeChat()
  await Promise.all([write(shop, chatId), write(shop, chatId)])
  await receiver.arrived(1)
  const stopped = second.stop()
  open()
  await stopped
  const holders = await market.sql`
    select distinct owner from market.lane_leases where expires_at > clock_timestamp()`
  await receiver.arrived(2)

  await waitForStates(market, shop, ['delivered', 'delivered'])
  expect(receiver.arrivals).toHaveLength(2)
  expect(holders).toHaveLength(1)
})

test('an attempt that outlasts the stop of its process is abandoned, and made again by another', async () => {
  const second = await startSecond(market)
  const [, lanes] = await waitForShares([market.running, second], 32)
  const shop = await makeBusinessIn(lanes, market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { ...receiver, types: ['chat_created'] })
  const never = new Promise(() => {})
  receiver.onArrival = () => receiver.arrivals.length === 1 && never

  await shop.makeChat()
  await receiver.arrived(1)
  await second.stop()
  await receiver.arrived(2)

  await waitForStates(market, shop, ['delivered'])
  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ attempts: ['interrupted', 'delivered'] }])
})
