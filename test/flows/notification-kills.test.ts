import { once } from 'node:events'
import { expect, test } from 'vitest'
import { deliveryMoments } from '../../src/market/notify/delivery-moments.ts'
import { arm } from '../support/forked-market.ts'
import { forkSharer, makeBusinessIn, waitForStates } from '../support/lanes.ts'
import { makeReceiver } from '../support/receiver.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

test('a process that was paused cannot overwrite what another has found out since', async () => {
  const child = await forkSharer(market)
  const shop = await makeBusinessIn(child.lanes, market)
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
  await expect.poll(readMetric, { timeout: 30_000 }).toBe(true)
  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ state: 'in_flight' }])
  receiver.answering = 'refuse'
  gates[1]?.resolve()

  await waitForStates(market, shop, ['refused'])
  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ attempts: ['interrupted', 'refused'] }])
})

test.each(deliveryMoments)(
  'a process that is killed %s hands its work on at once: nothing is lost, one attempt is repeated at most',
  async moment => {
    const child = await forkSharer(market, { moment, count: moment === 'before claim' ? 1 : 3 })
    const gone = once(child.process, 'exit')
    const shop = await makeBusinessIn(child.lanes, market)
    const receiver = await makeReceiver()
    await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
    const chatId = await shop.makeChat()
    await arm(child)

    const say = () => shop.call(`/chats/message?chatId=${chatId}`, { message: 'Заказ в пути' })
    await Promise.all(Array.from({ length: 6 }, say))
    await gone
    await waitForStates(market, shop, Array(6).fill('delivered'))

    const ids = receiver.arrivals.map(({ headers }) => headers['webhook-id'])
    expect(child.process.signalCode).toBe('SIGKILL')
    expect(new Set(ids).size).toBe(6)
    expect(ids.length).toBeLessThanOrEqual(7)
    const messages = receiver.arrivals.map(({ body }) => Number(body.messageId))
    expect(messages).toEqual(messages.toSorted((a, b) => a - b))
  },
  60_000,
)
