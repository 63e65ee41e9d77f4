import { existsSync, utimesSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeBuyer } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { advanceBy, askLab, askLabFor, startLab, type Time } from '../support/lab.ts'
import { makeReceiver } from '../support/receiver.ts'
import { storedPath } from '../support/stored-file.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { type TestMarket, useMarket } from '../support/test-market.ts'

const hour = 60 * 60
const day = 24 * hour
const start = new Date('2026-03-01T09:10:00Z')
const machine = makeManualClock(start)
const market = useMarket({ lab: { seed: 1 }, clock: machine, isHourlyLifted: false })
const plain = useMarket()

const readClock = () => askLabFor<Time>(market, 'GET /clock')
const callToken = ({ token }: TestBusiness) =>
  ask(`${market.url}/v2/auth/token`, { method: 'POST', headers: { 'api-key': token } })
const send = (shop: TestBusiness, chatId: bigint, message: string) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message })

test('the clock goes with the machine, as far ahead as it was moved', async () => {
  const before = await readClock()
  const moved = await advanceBy(market, 90)
  machine.advance(1_000)
  const after = await readClock()

  const at = (seconds: number) => new Date(new Date(before.now).getTime() + seconds * 1000).toISOString()
  expect(moved).toMatchObject({ now: at(90), offsetSeconds: before.offsetSeconds + 90 })
  expect(after).toMatchObject({ now: at(91), offsetSeconds: before.offsetSeconds + 90, isAdvancing: false })
})

test('only whoever runs the market moves it, only forward, and by a month at the most', async () => {
  const stranger = await ask(`${market.url}/lab/v1/clock`)
  const far = await Promise.all(
    [0, -5, 31 * day + 1, 1.5].map(seconds => askLab(market, 'POST /clock/advance', { seconds })),
  )

  expect(stranger.status).toBe(401)
  expect(far.map(reply => reply.status)).toEqual([400, 400, 400, 400])
})

test('without a lab there is no lab API, and no document of it', async () => {
  const headers = { authorization: `Bearer ${plain.adminToken}` }
  const paths = ['/lab/v1/clock', '/lab/v1/faults', '/lab/v1/snapshots', '/lab/openapi.json']
  const replies = await Promise.all(paths.map(path => ask(`${plain.url}${path}`, { headers })))
  const document = await ask(`${market.url}/lab/openapi.json`)
  const pages = await Promise.all([plain, market].map(({ url }) => ask(`${url}/docs`)))

  expect(replies.map(reply => reply.status)).toEqual([404, 404, 404, 404])
  expect(pages.map(page => page.text.includes('/lab/openapi.json'))).toEqual([false, true])
  expect(document.body).toMatchObject({ paths: { '/lab/v1/clock/advance': { post: { operationId: 'advanceClock' } } } })
})

test('an hour of the limits is over when the clock has passed it', async () => {
  const shop = await makeBusiness(market)
  for (let call = 0; call < 100; call++) await callToken(shop)
  const spent = await callToken(shop)

  await advanceBy(market, hour)
  const anew = await callToken(shop)

  expect([spent.status, anew.status]).toEqual([420, 200])
  expect(anew.headers.get('x-ratelimit-resource-remaining')).toBe('99')
})

test('a test order and its chat go after ten days, and not before; a token of a customer after thirty', async () => {
  const shop = await makeBusiness(market)
  const orders = `/businesses/${shop.businessId}/test-orders` as const
  const asked = { campaignId: shop.campaignId }
  const { order } = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${orders}`, asked)
  const path = `/businesses/${shop.businessId}/orders/${order.orderId}` as const
  const buyer = await makeBuyer(market)

  await advanceBy(market, 10 * day - 60)
  const still = await askAdmin(market, `GET ${path}`)
  const admitted = await buyer.ask('GET /chats')
  await advanceBy(market, 60)
  const gone = await askAdmin(market, `GET ${path}`)
  await advanceBy(market, 20 * day)
  const refused = await buyer.ask('GET /chats')

  expect([still.status, gone.status]).toEqual([200, 404])
  expect([admitted.status, refused.status]).toEqual([200, 401])
})

test('files are as old as the machine says: an upload of this moment is not swept away by moving the clock', async () => {
  const { files } = market.running.market
  const { businessId } = await makeBusiness(market)
  const { hash } = await files.save(
    businessId,
    (async function* () {
      yield Buffer.from('not named yet')
    })(),
  )
  const path = storedPath(market, businessId, hash)
  utimesSync(path, machine.now(), machine.now())

  await advanceBy(market, day)
  const kept = existsSync(path)
  machine.advance(2 * hour * 1000)
  await advanceBy(market, 1)

  expect([kept, existsSync(path)]).toEqual([true, false])
})

test('a shop that fails for 14 days is tried at each moment of the schedule, then given up with what waited', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  const chatId = await shop.makeChat()
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  for (const message of ['раз', 'два', 'три']) await send(shop, chatId, message)
  await vi.waitFor(() => expect(receiver.arrivals.length).toBeGreaterThan(0), { timeout: 30_000 })

  await advanceBy(market, day)
  const afterDay = receiver.arrivals.length
  const { steps } = await advanceBy(market, 13 * day)

  const [row] = await market.sql`select state, failures, cancelled from market.subscriptions
    where lane = market.lane_of(${shop.businessId}) and business_id = ${shop.businessId}`
  expect(afterDay).toBeGreaterThan(145)
  expect(afterDay).toBeLessThan(160)
  expect(receiver.arrivals).toHaveLength(465)
  expect(steps).toBeGreaterThanOrEqual(465 - afterDay)
  expect(row).toEqual({ state: 'failed', failures: 465, cancelled: 3 })
  expect((await readDeliveries(market.sql, shop)).map(delivery => delivery.state)).toEqual(Array(3).fill('cancelled'))
}, 60_000)

test('a shop that never answers is given up on the way too', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('hang')
  const chatId = await shop.makeChat()
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  await send(shop, chatId, 'есть кто?')

  await advanceBy(market, hour / 2)

  const [delivery] = await readDeliveries(market.sql, shop)
  expect(delivery?.state).toMatch(/waiting|in_flight/)
  expect(delivery?.attempts.length).toBeGreaterThan(25)
  expect(new Set(delivery?.attempts)).toEqual(new Set(['read_timed_out']))
  receiver.answering = 'ok'
  await advanceBy(market, hour)
  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ state: 'delivered' }])
}, 60_000)

test('a shop that takes its time to answer is not taken for one that does not', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { promise, resolve } = Promise.withResolvers<void>()
  receiver.onArrival = () => promise
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  await send(shop, await shop.makeChat(), 'не торопитесь')
  await receiver.arrived(1)

  const advancing = advanceBy(market, day)
  await untilAdvancing()
  resolve()
  await advancing

  expect(await readDeliveries(market.sql, shop)).toMatchObject([{ state: 'delivered', attempts: ['delivered'] }])
})

async function untilAdvancing(): Promise<void> {
  while (!(await readClock()).isAdvancing);
}

/** Holds the table in which the clock's offset is kept, so that an advance waits at its first step. */
async function holdOffset({ sql }: Pick<TestMarket, 'sql'>) {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const done = sql.begin(async transaction => {
    await transaction`lock table market.settings in exclusive mode`
    held.resolve()
    await released.promise
  })
  await held.promise
  const countWaiting = async () =>
    (await sql`select from pg_locks where relation = 'market.settings'::regclass and not granted`).count
  return {
    someoneWaits: () => expect.poll(countWaiting).toBe(1),
    release: () => {
      released.resolve()
      return done
    },
  }
}

test('one advance at a time', async () => {
  const offset = await holdOffset(market)
  const first = advanceBy(market, 60)
  await offset.someoneWaits()

  const during = await readClock()
  const second = await askLab(market, 'POST /clock/advance', { seconds: 60 })
  await offset.release()
  await first

  expect([during.isAdvancing, second.status]).toEqual([true, 409])
  expect(await readClock()).toMatchObject({ isAdvancing: false })
})

test('other processes follow, and a restart does not turn time back', async () => {
  const other = await startLab(market)
  const { offsetSeconds } = await advanceBy(market, hour)

  const offsetOf = async (process: typeof other) => (await askLabFor<Time>(process, 'GET /clock')).offsetSeconds
  await expect.poll(() => offsetOf(other)).toBe(offsetSeconds)
  const restarted = await startLab(market)
  expect(await offsetOf(restarted)).toBe(offsetSeconds)
})

test('an advance that a stop cuts short keeps what it has reached', async () => {
  const clock = makeManualClock(start)
  const first = await startLab(plain, { clock })
  for (const hours of [1, 1.5]) first.market.clock.after(hours * hour * 1000, () => {})
  const offset = await holdOffset(plain)
  const advancing = askLab(first, 'POST /clock/advance', { seconds: 2 * hour })
  await offset.someoneWaits()

  const stopping = first.stop()
  await offset.release()
  const reached = await advancing
  await stopping
  const second = await startLab(plain, { clock })

  expect(reached.body).toMatchObject({ offsetSeconds: hour })
  expect(await askLabFor<Time>(second, 'GET /clock')).toMatchObject({ offsetSeconds: hour })
})
