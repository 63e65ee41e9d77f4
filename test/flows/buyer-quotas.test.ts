import { beforeEach, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { requireCustomer } from '../../src/market/admin/access/require.ts'
import { BuyerQuotas } from '../../src/market/limits/buyer-quotas.ts'
import { askAdmin, askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { buyerOf, makeBuyer, openOrderChat } from '../support/buyer.ts'
import { openEvents } from '../support/event-stream.ts'
import type { Reply } from '../support/http.ts'
import { advanceBy } from '../support/lab.ts'
import { startSecond } from '../support/second-market.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:10Z'))
const options = { clock, isHourlyLifted: false }
const market = useMarket({ ...options, lab: { seed: 1 } })
const usual = { requestsPerMinute: 1200, messagesPerMinute: 120, fileKilobytesPerDay: 500_000, chatsPerDay: 200 }

beforeEach(() => setQuotas({}))

test('messages beyond a minute are refused by every process, and taken again when the minute is over', async () => {
  const second = await startSecond(market, [], options)
  const { buyer, chat } = await makeConversation()
  const elsewhere = buyerOf(second, buyer.publicId, buyer.token)
  await setQuotas({ messagesPerMinute: 3 })
  const text = { text: 'Где заказ?' }

  const taken = [
    await buyer.ask(`POST ${chat}/messages`, text),
    await elsewhere.ask(`POST ${chat}/stickers`, { sticker: 'thanks' }),
    await buyer.sendFile(chat, new Uint8Array([1])),
  ]
  const refused = [
    await elsewhere.ask(`POST ${chat}/messages`, text),
    await buyer.ask(`POST ${chat}/dispute`, { reason: 'Где?' }),
  ]
  const read = await buyer.ask(`GET ${chat}/messages`)
  const left = secondsTo(60)
  clock.advance(left * 1_000)
  const after = await elsewhere.ask(`POST ${chat}/messages`, text)

  expect(taken.map(reply => reply.status)).toEqual([201, 201, 201])
  for (const reply of refused) expectRefused(reply, { quota: 'messagesPerMinute', retryAfterSeconds: left })
  expect([read.status, after.status]).toEqual([200, 201])
})

test('one customer uses up nothing of another, and what the admin does as a customer is not counted', async () => {
  const { buyer, chat } = await makeConversation()
  const other = await makeConversation()
  await setQuotas({ messagesPerMinute: 1 })
  const send = () => buyer.ask(`POST ${chat}/messages`, { text: 'Где заказ?' })
  await send()

  expect((await send()).status).toBe(429)
  expect((await other.buyer.ask(`POST ${other.chat}/messages`, { text: 'Где?' })).status).toBe(201)
  expect((await askAdmin(market, `POST ${chat}/customer-messages`, { text: 'За покупателя' })).status).toBe(201)
})

test('files count by their size, a day long', async () => {
  const { buyer, chat } = await makeConversation()
  await setQuotas({ fileKilobytesPerDay: 1_000 })
  const file = (kilobytes: number) => buyer.sendFile(chat, new Uint8Array(kilobytes * 1024))

  const statuses = []
  for (const kilobytes of [400, 400, 190]) statuses.push((await file(kilobytes)).status)
  const refused = await file(20)
  const tooMuch = await file(3_000)
  clock.advance(secondsTo(day) * 1_000)

  expect(statuses).toEqual([201, 201, 201])
  expectRefused(refused, { quota: 'fileKilobytesPerDay' })
  expectRefused(tooMuch, { quota: 'fileKilobytesPerDay' })
  expect((await file(990)).status).toBe(201)
})

test('new chats count, and one that was there already does not', async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const orders = [await shop.makeOrder(), await shop.makeOrder(), await shop.makeOrder()]
  await setQuotas({ chatsPerDay: 2 })
  const open = (orderId: bigint | undefined) => buyer.ask('POST /chats', { businessId: shop.businessId, orderId })

  const [first] = [await open(orders[0]), await open(orders[0]), await open(orders[0])]
  const second = await open(orders[1])
  const refused = await open(orders[2])

  expect([first?.status, second.status]).toEqual([200, 200])
  expectRefused(refused, { quota: 'chatsPerDay', retryAfterSeconds: secondsTo(day) })
})

test('every request counts, a stream among them', async () => {
  const buyer = await makeBuyer(market)
  await setQuotas({ requestsPerMinute: 2 })
  const stream = await openEvents(market, buyer)
  stream.leave()

  expect((await buyer.ask('GET /chats')).status).toBe(200)
  expectRefused(await buyer.ask('GET /stickers'), { quota: 'requestsPerMinute' })
  expectRefused(await buyer.ask('GET /events'), { quota: 'requestsPerMinute' })
})

test('an operator reads and sets them; what is left out is as usual', async () => {
  const set = await setQuotas({ chatsPerDay: 7 })
  const { businessId } = await makeBusiness(market)
  const cabinet = await askAdminFor<{ token: string }>(market, `POST /businesses/${businessId}/cabinet-tokens`, {
    name: 'CRM',
  })
  const asCabinet = await askAdmin({ ...market, adminToken: cabinet.token }, 'PUT /buyer-quotas', {})
  const wrong = await askAdmin(market, 'PUT /buyer-quotas', { messagesPerMinute: -1 })

  expect(set).toEqual({ ...usual, chatsPerDay: 7 })
  expect((await askAdmin(market, 'GET /buyer-quotas')).body).toEqual({ ...usual, chatsPerDay: 7 })
  expect([asCabinet.status, wrong.status]).toEqual([403, 400])
  expect(await setQuotas({})).toEqual(usual)
})

test('a clock that was wrong holds no quota up when it is right again', async () => {
  const { customerId } = await makeConversation()
  const take = (now: string, messagesPerMinute: number) => {
    const machineClock = makeManualClock(new Date(now))
    const quotas = new BuyerQuotas({ sql: market.sql, layout: market.layout, machineClock, isLifted: false })
    return quotas.take(customerId, { messagesPerMinute })
  }

  expect(await take('2031-01-01T00:00:00Z', 120)).toBeUndefined()
  expect(await take('2026-03-05T12:00:00Z', 119)).toBeUndefined()
  expect(await take('2026-03-05T12:01:00Z', 120)).toBeUndefined()
  // A second behind the others: no new minute for that.
  expect(await take('2026-03-05T12:00:59Z', 1)).toMatchObject({ quota: 'messagesPerMinute' })
})

test("minutes are those of the machine, wherever the lab's clock stands", async () => {
  const { buyer, chat } = await makeConversation()
  await setQuotas({ messagesPerMinute: 1 })
  const send = async () => (await buyer.ask(`POST ${chat}/messages`, { text: 'Где?' })).status
  const statuses = [await send()]

  await advanceBy(market, 3 * day)
  statuses.push(await send())
  clock.advance(60_000)
  statuses.push(await send())

  expect(statuses).toEqual([201, 429, 201])
})

async function makeConversation() {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  const { customerId } = await requireCustomer(market.sql, buyer.publicId)
  return { buyer, chat, customerId }
}

const setQuotas = (quotas: Partial<typeof usual>) => askAdminFor<typeof usual>(market, 'PUT /buyer-quotas', quotas)

const day = 24 * 60 * 60
const secondsTo = (end: number) => end - ((clock.now().getTime() / 1_000) % end)

function expectRefused(reply: Reply, more: { quota: string; retryAfterSeconds?: number }): void {
  const retryAfterSeconds = Number(reply.headers.get('retry-after'))
  expect(problemOf(reply)).toMatchObject({ status: 429, retryAfterSeconds, ...more })
}
