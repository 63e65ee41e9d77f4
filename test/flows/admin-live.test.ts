import { get, type IncomingMessage } from 'node:http'
import { afterAll, expect, test, vi } from 'vitest'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { chatPath } from '../support/buyer.ts'
import { openEvents } from '../support/event-stream.ts'
import { ask } from '../support/http.ts'
import { makeReceiver } from '../support/receiver.ts'
import { startSecond } from '../support/second-market.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'
import { expectUnhurried } from '../support/unhurried-stop.ts'

const market = useMarket()
afterAll(async () => {
  await vi.waitFor(async () => expect(await openStreams(), 'streams whose readers have left').toBe(0), {
    timeout: 30_000,
  })
})

async function openStreams(): Promise<number> {
  const { text } = await ask(`${market.url}/metrics`)
  return Number(/^prilavok_admin_event_streams (\d+)$/m.exec(text)?.[1])
}

type Shop = { businessId: bigint }
type At = { url: string; adminToken: string }

const follow = (shop: Shop, at: At = market, token = at.adminToken) =>
  openEvents(at, { token, path: `/admin/v1/businesses/${shop.businessId}/events` })

type Stream = Awaited<ReturnType<typeof follow>>

const topicsOf = ({ seen }: Stream) => new Set(seen.flatMap(({ data }) => data['about'] as string[])) // as the operation describes it

/** Waits until this has been told of. */
async function hear(stream: Stream, topic: string): Promise<void> {
  await expect.poll(() => [...topicsOf(stream)], { timeout: 30_000 }).toContain(topic)
}

test('a stream tells what has changed of its business, and nothing of another', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  const receiver = await makeReceiver()
  const [stream, quiet] = [await follow(shop), await follow(other)]

  const chatId = await shop.makeChat()
  await hear(stream, 'chats')
  const row = await subscribe(market.sql, shop, receiver)
  await askAdminFor(market, `POST /businesses/${shop.businessId}/subscriptions/${row.subscriptionId}/ping`)
  await askAdminFor(market, `POST /businesses/${shop.businessId}/subscriptions/${row.subscriptionId}/rotate-secret`)
  await hear(stream, 'subscriptions')
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/market-messages`, { text: 'Едет' })
  await hear(stream, 'deliveries')
  await hear(stream, 'requests')
  await other.makeChat()
  await hear(quiet, 'chats')

  expect(stream.headers['content-type']).toContain('text/event-stream')
  expect([...topicsOf(quiet)]).not.toContain('deliveries')
  expect(stream.lastId()).toBe('')
})

test('what changes at once is told together', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const stream = await follow(shop)
  const write = (text: string) => askAdmin(market, `POST ${chatPath(shop, chatId)}/market-messages`, { text })

  const begun = performance.now()
  for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 20 }, () => write('много')))
  await hear(stream, 'chats')
  const passedMs = performance.now() - begun

  expect(stream.seen.length).toBeLessThanOrEqual(2 + passedMs / 250)
})

test('what another process did is told too', async () => {
  const shop = await makeBusiness(market)
  const second = await startSecond(market)
  const stream = await follow(shop, second)

  await shop.makeChat()

  await hear(stream, 'chats')
})

test('after a lost line to the database everything is to be read again', async () => {
  const shop = await makeBusiness(market)
  const stream = await follow(shop)

  await market.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query ilike 'listen %'`
  const [event] = await stream.take('changed')

  expect(event?.data).toEqual({ about: ['chats', 'deliveries', 'subscriptions', 'requests', 'lab'] })
})

test('the server stops at once with streams open, and their readers know', async () => {
  const shop = await makeBusiness(market)
  const second = await startSecond(market)
  const streams = await Promise.all([1, 2, 3].map(() => follow(shop, second)))

  await expectUnhurried(() => second.stop())

  await Promise.all(streams.map(({ ended }) => ended))
  expect(streams.map(stream => stream.isWhole())).toEqual([true, true, true])
})

test('the server stops at once although a reader takes nothing', async () => {
  const shop = await makeBusiness(market)
  const second = await startSecond(market)
  const headers = { authorization: `Bearer ${second.adminToken}` }
  const deaf = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = get(
      `${second.url}/admin/v1/businesses/${shop.businessId}/events`,
      { headers, agent: false },
      answer => {
        answer.pause().on('error', () => {}) // the server hangs up
        resolve(answer)
      },
    )
    asked.on('error', reject)
  })

  await expectUnhurried(() => second.stop())

  deaf.destroy()
})

test('a business has twenty of these streams at most, whatever others have; who leaves makes room', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  await expect.poll(openStreams).toBe(0)
  const streams = await Promise.all(Array.from({ length: 20 }, () => follow(shop)))

  const refused = await askAdmin(market, `GET /businesses/${shop.businessId}/events`)
  await follow(other)
  streams[0]?.leave()
  await expect.poll(openStreams).toBe(20)
  await follow(shop)

  expect(refused.body).toMatchObject({ status: 429, retryAfterSeconds: 30 })
  expect(refused.headers.get('retry-after')).toBe('30')
})

test('a business follows itself and nobody else', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  const { token } = await askAdminFor<{ token: string }>(market, `POST /businesses/${shop.businessId}/cabinet-tokens`, {
    name: 'CRM',
  })

  const stream = await follow(shop, market, token)
  await shop.makeChat()
  await hear(stream, 'chats')

  await expect(follow(other, market, token)).rejects.toThrow('403')
  expect((await askAdmin(market, 'GET /businesses/999999999/events')).status).toBe(404)
})
