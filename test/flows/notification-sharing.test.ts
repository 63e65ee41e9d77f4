import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { deliveryMoments } from '../../src/market/notify/crash-points.ts'
import { type Cabinet, makeCabinet } from '../support/cabinet.ts'
import { arm, type DieAt, type ForkedMarket, forkMarket } from '../support/forked-market.ts'
import { makeCabinetWorkedBy, waitForSharers, waitForShares } from '../support/lanes.ts'
import { makeReceiver } from '../support/receiver.ts'
import { startSecond } from '../support/second-market.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const handedOnWithinMs = 5_000

const write = (shop: Cabinet, chatId: bigint) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message: 'Заказ в пути' })

/** Another process that holds the other half of the lanes. */
async function forkSharer(dieAt?: DieAt): Promise<ForkedMarket> {
  await waitForSharers(market, 1)
  const child = await forkMarket(market, dieAt)
  await waitForSharers(market, 2)
  return child
}

const makeOthers = () => makeCabinetWorkedBy(market, isThisProcess => !isThisProcess)

const stateOf = async (shop: Cabinet) => (await readDeliveries(market.sql, shop)).map(({ state }) => state)

/** All of a shop's deliveries are what they should be, within the time in which work must be handed on. */
const waitForStates = (shop: Cabinet, states: string[]) =>
  vi.waitFor(async () => expect(await stateOf(shop)).toEqual(states), { timeout: handedOnWithinMs, interval: 20 })

test('processes share the lanes evenly, and a shop is told by one at a time, also while they come and go', async () => {
  const told = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const shop = await makeCabinet(market)
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
  await Promise.all([writeToAll(), waitForShares([market.running, second], 32)])
  const lanes = [...market.running.market.deliverer.lanes, ...second.market.deliverer.lanes]
  await Promise.all([writeToAll(), second.stop()])
  await waitForShares([market.running], 64)
  await writeToAll()
  await Promise.all(told.map(({ receiver }) => receiver.arrived(16)))

  expect(new Set(lanes).size).toBe(64)
  for (const { shop, receiver } of told) {
    await waitForStates(shop, Array(16).fill('delivered'))
    expect(receiver.mostAtOnce).toBe(1)
    expect(new Set(receiver.arrivals.map(({ headers }) => headers['webhook-id'])).size).toBe(16)
    expect(receiver.arrivals).toHaveLength(16)
  }
}, 60_000)

test('a lane with an attempt under way is handed over when that is done, not in the middle', async () => {
  await waitForShares([market.running], 64)
  const receiver = await makeReceiver()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  receiver.onArrival = () => gate
  for (let n = 0; n < 48; n++) {
    const shop = await makeCabinet(market)
    await subscribe(market.sql, shop, { ...receiver, types: ['chat_created'] })
    await shop.makeChat()
  }
  await receiver.arrived(48)

  const second = await startSecond(market)
  await vi.waitFor(() => expect(second.market.deliverer.lanes.length).toBeGreaterThan(0), { timeout: 8_000 })
  open()
  await waitForShares([market.running, second], 32)
  await Promise.all([market.running, second].map(running => running.market.deliverer.settled()))

  expect(new Set(receiver.arrivals.map(({ headers }) => headers['webhook-id'])).size).toBe(48)
  expect(receiver.arrivals).toHaveLength(48)
}, 60_000)

test('a process that stops leaves what it has begun well alone, and tells of nothing twice', async () => {
  const second = await startSecond(market)
  await waitForShares([market.running, second], 32)
  const shop = await makeOthers()
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

  await waitForStates(shop, ['delivered', 'delivered'])
  expect(receiver.arrivals).toHaveLength(2)
  expect(holders).toHaveLength(1)
}, 60_000)

test('an attempt that outlasts the stop of its process is abandoned, and made again by another', async () => {
  const second = await startSecond(market)
  await waitForShares([market.running, second], 32)
  const shop = await makeOthers()
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { ...receiver, types: ['chat_created'] })
  const never = new Promise(() => {})
  receiver.onArrival = () => receiver.arrivals.length === 1 && never

  await shop.makeChat()
  await receiver.arrived(1)
  await second.stop()
  await receiver.arrived(2)

  await waitForStates(shop, ['delivered'])
  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ attempts: ['interrupted', 'delivered'] }])
}, 60_000)

test('a process that was paused cannot overwrite what another has found out since', async () => {
  const child = await forkSharer()
  const shop = await makeOthers()
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { ...receiver, types: ['chat_created'] })
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  receiver.onArrival = () => gates[receiver.arrivals.length - 1]?.promise
  const readMetric = async () => {
    const text = await (await fetch(`${child.url}/metrics`)).text()
    return /prilavok_delivery_attempts_total\{outcome="stale"\} 1/.test(text)
  }

  await shop.makeChat()
  await receiver.arrived(1)
  child.process.kill('SIGSTOP')
  await receiver.arrived(2)
  child.process.kill('SIGCONT')
  gates[0]?.resolve()
  await expect.poll(readMetric, { timeout: 5_000 }).toBe(true)
  expect(await stateOf(shop)).toEqual(['in_flight'])
  receiver.answering = 'refuse'
  gates[1]?.resolve()

  await waitForStates(shop, ['refused'])
  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ attempts: ['interrupted', 'refused'] }])
}, 60_000)

test.each(deliveryMoments)(
  'a process that is killed %s hands its work on at once: nothing is lost, one attempt is repeated at most',
  async moment => {
    const child = await forkSharer({ moment, count: moment === 'before claim' ? 1 : 3 })
    const gone = once(child.process, 'exit')
    const shop = await makeOthers()
    const receiver = await makeReceiver()
    await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
    const chatId = await shop.makeChat()
    await arm(child)

    await Promise.all(Array.from({ length: 6 }, () => write(shop, chatId)))
    await gone
    await waitForStates(shop, Array(6).fill('delivered'))

    const ids = receiver.arrivals.map(({ headers }) => headers['webhook-id'])
    expect(child.process.signalCode).toBe('SIGKILL')
    expect(new Set(ids).size).toBe(6)
    expect(ids.length).toBeLessThanOrEqual(7)
    const messages = receiver.arrivals.map(({ body }) => Number(body.messageId))
    expect(messages).toEqual(messages.toSorted((a, b) => a - b))
  },
  60_000,
)
