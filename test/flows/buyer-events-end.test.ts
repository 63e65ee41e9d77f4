import { get } from 'node:http'
import { afterAll, expect, test, vi } from 'vitest'
import { makeManualClock } from '#kit'
import { postMessages } from '../../src/market/store/messages.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { type Buyer, buyerOf, chatPath, makeBuyer, openOrderChat } from '../support/buyer.ts'
import { openEvents, textsOf } from '../support/event-stream.ts'
import { ask } from '../support/http.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
import { type TestMarket, useMarket } from '../support/test-market.ts'
import { expectUnhurried } from '../support/unhurried-stop.ts'

// Heartbeats come when a test says so; nothing else in the server uses the global setInterval.
vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
afterAll(() => void vi.useRealTimers())
const beatMs = 15_000

const market = useMarket()
const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const timedMarket = useMarket({ clock })
afterAll(async () => {
  await vi.waitFor(async () => expect(await openStreams(market), 'streams whose readers have left').toBe(0), {
    timeout: 30_000,
  })
})

async function openStreams({ url }: { url: string }): Promise<number> {
  const { text } = await ask(`${url}/metrics`)
  return Number(/^prilavok_event_streams (\d+)$/m.exec(text)?.[1])
}

const send = (buyer: Buyer, chat: `/${string}`, text: string) => buyer.ask(`POST ${chat}/messages`, { text })

test('a heartbeat shows that the line is alive and moves the position on', async () => {
  const buyer = await makeBuyer(timedMarket)
  const stream = await openEvents(timedMarket, buyer)
  clock.advance(60_000)

  await expect
    .poll(() => {
      vi.advanceTimersByTime(beatMs)
      return stream.lastId()
    })
    .toBe(String(clock.now().getTime()))
  expect(stream.comments()).toBeGreaterThan(0)
  expect(stream.seen).toEqual([])
})

test('a stream ends after an hour, so that its token is looked at again', async () => {
  const buyer = await makeBuyer(timedMarket)
  const stream = await openEvents(timedMarket, buyer)

  clock.advance(60 * 60_000 - 1)
  vi.advanceTimersByTime(beatMs)
  await expect.poll(() => stream.comments()).toBe(1)
  clock.advance(2)
  vi.advanceTimersByTime(beatMs)

  await stream.ended
})

test('a reader who takes nothing is dropped', async () => {
  const buyer = await requireTalkative()
  const deaf = await openDeaf(market, buyer)
  await expect.poll(() => openStreams(market)).toBe(1)

  await expect
    .poll(() => {
      vi.advanceTimersByTime(beatMs)
      return openStreams(market)
    })
    .toBe(0)

  deaf.destroy()
})

test('the server stops at once with streams open, and their readers know', async () => {
  const second = await startSecond(market)
  const buyer = await makeBuyer(market)
  const streams = await Promise.all([1, 2, 3].map(() => openEvents(second, buyer)))

  await expectUnhurried(() => second.stop())

  await Promise.all(streams.map(stream => stream.ended))
})

test('a customer has at most twenty streams at a time', async () => {
  const buyer = await makeBuyer(market)
  const streams = []
  for (let index = 0; index < 20; index++) streams.push(await openEvents(market, buyer))

  const refused = await buyer.ask('GET /events')
  streams[0]?.leave()
  await expect.poll(() => openStreams(market)).toBe(19)
  await openEvents(market, buyer)

  expect(refused.body).toMatchObject({ status: 429, retryAfterSeconds: 30 })
  expect(refused.headers.get('retry-after')).toBe('30')
})

test('nothing is lost when the line to the database breaks, nor when the database is started again', async () => {
  const database = await makeRestartablePostgres()
  const [one, two] = [
    await startSecond({ databaseUrl: database.url }),
    await startSecond({ databaseUrl: database.url }),
  ]
  const { businessId } = await makeDirect(one)
  const buyer = await makeBuyer(one)
  const { chatId } = (await buyer.ask('POST /chats', { businessId })).body as { chatId: number } // as the operation answers
  const chat = chatPath({ businessId }, chatId)
  const stream = await openEvents(one, buyer)
  const elsewhere = buyerOf(two, buyer.publicId, buyer.token)
  await send(elsewhere, chat, 'до')
  await stream.take('message')

  await database.stop()
  await database.startAgain()
  await expect.poll(async () => (await send(elsewhere, chat, 'после')).status, { timeout: 30_000 }).toBe(201)
  // A stream that met the database away was ended: its reader comes back.
  const comeBack = () => openEvents(one, { ...buyer, lastEventId: stream.lastId() })
  const heard = await stream.take('message').then(() => stream, comeBack)
  while (textsOf(heard).at(-1) !== 'после') await heard.take('message')

  expect(new Set(textsOf(heard))).toEqual(new Set(['до', 'после']))
})

test('the server stops at once although a reader takes nothing', async () => {
  const second = await startSecond(market)
  const buyer = await requireTalkative()
  const deaf = await openDeaf(second, buyer)
  await expect.poll(() => hasStalled(), { timeout: 30_000 }).toBe(true)

  await expectUnhurried(() => second.stop())

  deaf.destroy()
})

test('what another process wrote before it died untold is told when the line to the database is made anew', async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  const stream = await openEvents(market, buyer)
  await stream.take('chat')

  await writeUntold(market, shop.businessId, chat, 'Последние слова')
  await market.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query ilike 'listen %'`
  const [message] = await stream.take('message')

  expect(message?.data).toMatchObject({ message: { text: 'Последние слова' } })
})

test('what nobody was told of is told with a heartbeat, once, and to who comes back', async () => {
  const shop = await makeBusiness(timedMarket)
  const buyer = await makeBuyer(timedMarket, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  const stream = await openEvents(timedMarket, buyer)
  await stream.take('chat')
  for (let index = 0; index < 3; index++) await beat(stream)
  const chatsTold = () => stream.seen.filter(({ event }) => event === 'chat').length
  const toldBefore = chatsTold()

  await writeUntold(timedMarket, shop.businessId, chat, 'Молча')
  const [message] = await beating(stream.take('message'))
  const lastId = stream.lastId()
  await stream.take('chat')
  for (let index = 0; index < 3; index++) await beat(stream)
  const back = await openEvents(timedMarket, { token: buyer.token, lastEventId: lastId })
  await back.take('message')

  expect(message?.data).toMatchObject({ message: { text: 'Молча' } })
  expect([toldBefore, chatsTold()]).toEqual([1, 2])
  expect([textsOf(stream), textsOf(back)]).toEqual([['Молча'], ['Молча']])
})

test('the position stays behind what nobody was told of, whatever else is told', async () => {
  const shop = await makeBusiness(timedMarket)
  const buyer = await makeBuyer(timedMarket, shop.customer.publicId)
  const [quiet, loud] = [
    await openOrderChat(buyer, shop, await shop.makeOrder()),
    await openOrderChat(buyer, shop, await shop.makeOrder()),
  ]
  const stream = await openEvents(timedMarket, buyer)
  await stream.take('chat', 2)

  await writeUntold(timedMarket, shop.businessId, quiet, 'Молча')
  clock.advance(60_000)
  await send(buyer, loud, 'Вслух')
  await stream.take('message')
  const back = await openEvents(timedMarket, { token: buyer.token, lastEventId: stream.lastId() })
  await back.take('message', 2)

  expect(textsOf(stream)).toEqual(['Вслух'])
  expect(textsOf(back).sort()).toEqual(['Вслух', 'Молча'])
})

test('readers who leave before their stream has begun leave nothing behind', async () => {
  const buyer = await makeBuyer(market)
  const { headers } = buyer

  for (let index = 0; index < 30; index++) {
    const asked = get(`${market.url}/buyer/v1/events`, { headers, agent: false })
    asked.on('error', () => {}).end()
    await new Promise(resolve => asked.on('socket', socket => socket.on('connect', resolve)))
    setImmediate(() => asked.destroy())
  }

  await expect.poll(() => openStreams(market)).toBe(0)
  await openEvents(market, buyer)
})

type Stream = Awaited<ReturnType<typeof openEvents>>

/** The next heartbeat, once it has come. */
async function beat(stream: Stream): Promise<void> {
  const before = stream.comments()
  vi.advanceTimersByTime(beatMs)
  await expect.poll(() => stream.comments()).toBeGreaterThan(before)
}

/** What comes while hearts beat. */
async function beating<T>(wanted: Promise<T>): Promise<T> {
  vi.advanceTimersByTime(beatMs)
  return wanted
}

/** What a process does that dies between COMMIT and NOTIFY. */
async function writeUntold(
  { sql, running }: TestMarket,
  businessId: bigint,
  chat: string,
  text: string,
): Promise<void> {
  const place = { business: `${businessId}`, chat: `${chat.split('/').at(-1)}`, customer: null }
  await postMessages(
    sql,
    [{ ...place, event: 'partner_writes', sender: 'partner', kind: 'text', text }],
    running.market.clock.now(),
  )
}

let talkative: Promise<Buyer> | undefined

/** A customer of whose chat there is more to tell than the system's own buffers take; made once, as it takes a while. */
function requireTalkative(): Promise<Buyer> {
  talkative ??= makeTalkative()
  return talkative
}

async function makeTalkative(): Promise<Buyer> {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  for (let index = 0; index < 12; index++)
    await Promise.all(Array.from({ length: 100 }, () => send(buyer, chat, 'я'.repeat(4096))))
  return buyer
}

/** Whether whoever read messages has stopped reading them. */
async function hasStalled(): Promise<boolean> {
  const [row] = await market.sql<[{ hasStalled: boolean }]>`
    select clock_timestamp() - max(query_start) > interval '500 ms' as "hasStalled" from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and query like '%from market.messages%'`
  return row.hasStalled
}

/** Asks for everything since ever, and reads none of it. */
function openDeaf({ url }: { url: string }, { headers }: Buyer): Promise<{ destroy(): void }> {
  return new Promise((resolve, reject) => {
    const asked = get(`${url}/buyer/v1/events?lastEventId=0`, { headers, agent: false }, answer => {
      answer.pause()
      answer.on('error', () => {}) // the server hangs up
      resolve(answer)
    })
    asked.on('error', reject)
  })
}

async function makeDirect(running: { url: string; adminToken: string }): Promise<{ businessId: bigint }> {
  type Made = { business: { businessId: number } }
  const { business } = await askAdminFor<Made>(running, 'POST /businesses', { name: 'Лавка', directMessages: 'all' })
  return { businessId: BigInt(business.businessId) }
}
