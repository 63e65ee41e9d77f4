import { expect, test } from 'vitest'
import { laneOf } from '../../src/market/store/lane.ts'
import { findSubscription } from '../../src/market/store/subscriptions.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Answering, makeReceiver } from '../support/receiver.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

async function makeTold(answering: Answering) {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver(answering)
  const chatId = await shop.makeChat()
  return { shop, receiver, chatId, subscription: await subscribe(market.sql, shop, receiver) }
}

const write = ({ shop, chatId }: { shop: TestBusiness; chatId: bigint }) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message: 'Заказ в пути' })

/** How many statements wait for a lock. */
async function countBlocked(): Promise<number> {
  const [{ count }] = await market.sql<[{ count: number }]>`
    select count(*)::integer as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return count
}

test('subscriptions that somebody keeps locked hold up no other, and what they have answered is written down once', async () => {
  const [good, ...kept] = [await makeTold('ok'), await makeTold('fail'), await makeTold('fail')]
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>()
  const keeping = market.sql.begin(async transaction => {
    for (const { subscription } of kept)
      await transaction`
        select from market.subscriptions
         where lane = ${laneOf(subscription.businessId)} and subscription_id = ${subscription.subscriptionId} for share`
    locked()
    await gate
  })
  await isLocked

  await Promise.all(kept.map(write))
  await expect.poll(countBlocked, { timeout: 30_000, interval: 20 }).toBe(kept.length)
  await write(good)
  await good.receiver.arrived(1)
  open()
  await keeping
  await market.running.market.deliverer.settled()

  for (const { shop, receiver, subscription } of kept) {
    expect(await readDeliveries(market.sql, shop)).toMatchObject([{ state: 'waiting', attempts: ['http 500'] }])
    expect(await findSubscription(market.sql, subscription)).toMatchObject({ failures: 1 })
    expect(receiver.arrivals).toHaveLength(1)
  }
}, 60_000)
