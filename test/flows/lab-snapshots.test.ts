import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ChatId } from '#contract'
import { sweepFiles } from '../../src/market/files/sweep-files.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { advanceBy, askLab, askLabFor, type Time } from '../support/lab.ts'
import { brieflyOnce, done, replayed, sayOnce } from '../support/once.ts'
import { makeScene } from '../support/published-calls.ts'
import { makeReceiver } from '../support/receiver.ts'
import { storedPath } from '../support/stored-file.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })

type Snapshot = { name: string; createdAt: string; clock: string; rows: number }

let taken = 0
/** Takes a snapshot under a name of its own. */
async function take(): Promise<string> {
  const name = `s-${++taken}`
  await askLabFor(market, `POST /snapshots/${name}`)
  return name
}
const restore = (name: string) => askLabFor<{ snapshot: Snapshot }>(market, `POST /snapshots/${name}/restore`)

const write = (shop: TestBusiness, chatId: ChatId, message: string) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message })

/** Everything that the APIs say of a business and its chat. */
async function readAll(shop: TestBusiness, chatId: ChatId): Promise<string[]> {
  const business = `/businesses/${shop.businessId}` as const
  const replies = [
    await shop.call('/chats', {}),
    await shop.call(`/chat?chatId=${chatId}`),
    await shop.call(`/chats/history?chatId=${chatId}`, {}),
    await askAdmin(market, `GET ${business}`),
    await askAdmin(market, `GET ${business}/campaigns`),
    await askAdmin(market, `GET ${business}/keys`),
    await askAdmin(market, `GET ${business}/subscriptions`),
    await askAdmin(market, `GET ${business}/deliveries`),
    await askAdmin(market, `GET ${business}/orders`),
    await askAdmin(market, `GET ${business}/customers`),
  ]
  expect(replies.map(reply => reply.status)).toEqual(replies.map(() => 200))
  return replies.map(reply => reply.text)
}

test('what was changed after a snapshot is as it was when it is restored, to the letter', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { url: receiver.url })
  await write(shop, chatId, 'до')
  await market.running.market.deliverer.settled()
  const before = await readAll(shop, chatId)
  const name = await take()

  await write(shop, chatId, 'после')
  const later = await shop.makeChat()
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { name: 'Другое имя', apiDisabled: true })
  const disabled = await shop.call('/chats', {})
  await market.running.market.deliverer.settled()
  await restore(name)
  const after = await readAll(shop, chatId)
  const gone = await shop.call(`/chat?chatId=${later}`)

  expect(disabled.status).toBe(403)
  expect(after).toEqual(before)
  expect(gone.status).toBe(404)
})

test('numbers never come twice: a chat that is made after a restore has an id of its own', async () => {
  const shop = await makeBusiness(market)
  const name = await take()
  const lost = await shop.makeChat()
  await restore(name)
  const made = await shop.makeChat()

  expect(made).toBeGreaterThan(lost)
})

test('an idempotency key of before the snapshot is still known after a restore, one of after it is free', async () => {
  const scene = await makeScene(market)
  await sayOnce(market, scene, { key: 'before' })
  const name = await take()
  await sayOnce(market, scene, { key: 'after' })
  await market.sql`delete from market.idempotency_keys`

  await restore(name)

  const answers = [await sayOnce(market, scene, { key: 'before' }), await sayOnce(market, scene, { key: 'after' })]
  expect(answers.map(brieflyOnce)).toEqual([replayed, done])
})

test('a key that was revoked after the snapshot opens again, one that was made after it does not', async () => {
  const shop = await makeBusiness(market)
  const name = await take()
  const made = await shop.makeKey(['communication'])
  const call = (token: string) => ask(`${market.url}/v2/campaigns`, { headers: { 'api-key': token } })
  const [{ keyId } = { keyId: 0n }] = await market.sql<{ keyId: bigint }[]>`
    select key_id as "keyId" from market.api_keys where business_id = ${shop.businessId} order by key_id`
  await askAdminFor(market, `DELETE /businesses/${shop.businessId}/keys/${keyId}`)
  const between = [(await call(shop.token)).status, (await call(made)).status]

  await restore(name)

  expect(between).toEqual([401, 200])
  expect([(await call(shop.token)).status, (await call(made)).status]).toEqual([200, 401])
})

test('the clock goes back to where it was, and what waits goes by it', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  const { offsetSeconds } = await askLabFor<Time>(market, 'GET /clock')
  await write(shop, await shop.makeChat(), 'ждём')
  await market.running.market.deliverer.settled()
  const name = await take()
  await advanceBy(market, 24 * 60 * 60)
  const tried = receiver.arrivals.length

  const { snapshot } = await restore(name)
  const back = await askLabFor<Time>(market, 'GET /clock')
  receiver.answering = 'ok'
  await advanceBy(market, 70)

  expect(tried).toBeGreaterThan(145)
  expect(back.offsetSeconds).toBe(offsetSeconds)
  expect(Date.parse(back.now) - Date.parse(snapshot.clock)).toBeLessThan(60_000)
  expect(await readDeliveries(market.sql, shop)).toMatchObject([
    { state: 'delivered', attempts: ['http 500', 'delivered'] },
  ])
}, 60_000)

test('a buyer of the lab goes on from where the snapshot has them, and says the same again', async () => {
  const shop = await makeBusiness(market)
  const wish = { businessId: shop.businessId, persona: 'angry', intent: 'defect-with-photo', seed: 5 }
  const { buyer } = await askLabFor<{ buyer: { chatId: number } }>(market, 'POST /buyers', wish)
  const wordsOf = async () => {
    const { body } = await shop.call(`/chats/history?chatId=${buyer.chatId}`, {})
    return (body as { result: { messages: { message?: string }[] } }).result.messages.map(({ message }) => message) // as published
  }
  const name = await take()
  const before = await wordsOf()
  await advanceBy(market, 60 * 60)
  const first = await wordsOf()

  await restore(name)
  const back = await wordsOf()
  await advanceBy(market, 60 * 60)

  expect(first.length).toBeGreaterThan(before.length)
  expect(back).toEqual(before)
  expect(await wordsOf()).toEqual(first)
})

test('a delivery that was in flight in the snapshot is sent after a restore', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const answered = Promise.withResolvers<void>()
  receiver.onArrival = () => answered.promise
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  await write(shop, await shop.makeChat(), 'в пути')
  await receiver.arrived(1)
  const name = await take()
  answered.resolve()
  await market.running.market.deliverer.settled()

  await restore(name)
  await receiver.arrived(2)
  await market.running.market.deliverer.settled()

  expect(await readDeliveries(market.sql, shop)).toMatchObject([
    { state: 'delivered', attempts: ['interrupted', 'delivered'] },
  ])
})

test('a snapshot under load is one moment: each chat has exactly the messages that it says, and those are told of', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  const chats = await Promise.all(Array.from({ length: 8 }, () => shop.makeChat()))
  let isOver = false
  const writing = chats.map(async chatId => {
    while (!isOver) expect((await write(shop, chatId, 'ещё')).status).toBe(200)
  })
  const names: string[] = []
  for (let count = 0; count < 5; count++) names.push(await take())
  isOver = true
  await Promise.all(writing)

  const odd = await Promise.all(names.map(countOddChats))
  const sizes = await Promise.all(names.map(name => countMessages(name)))

  expect(odd).toEqual(names.map(() => 0))
  expect(new Set(sizes).size).toBeGreaterThan(1)
})

/** Chats whose last message is not the last of their messages, or of whose messages not all have a delivery. */
async function countOddChats(name: string): Promise<number> {
  const schema = `"lab_snapshot_${name}"`
  const [row] = (await market.sql
    .unsafe(`
    select count(*)::integer as count from ${schema}.chats c
     where c.last_message_id <> coalesce((select max(m.message_id) from ${schema}.messages m where m.chat_id = c.chat_id), 0)
        or (exists (select from ${schema}.subscriptions s where s.business_id = c.business_id and s.name = 'CRM' and c.last_message_id > 0)
            and exists (select from ${schema}.messages m where m.chat_id = c.chat_id
              and not exists (select from ${schema}.deliveries d where d.message_id = m.message_id)))`)
    .then(rowsOf)) as [{ count: number }]
  return row.count
}

async function countMessages(name: string): Promise<number> {
  const [row] = (await market.sql
    .unsafe(`select count(*)::integer as count from "lab_snapshot_${name}".messages`)
    .then(rowsOf)) as [{ count: number }]
  return row.count
}

/** What the driver gives for a text of SQL. */
const rowsOf = (result: unknown) => (result as { rows: unknown[] }).rows

test('restores and posts at the same time get along: every request is answered, and each chat is whole', async () => {
  const shop = await makeBusiness(market)
  const chats = await Promise.all(Array.from({ length: 8 }, () => shop.makeChat()))
  const name = await take()
  let isOver = false
  const statuses = new Set<number>()
  const writing = chats.map(async chatId => {
    while (!isOver) statuses.add((await write(shop, chatId, 'ещё')).status)
  })

  for (let count = 0; count < 10; count++) await restore(name)
  isOver = true
  await Promise.all(writing)

  expect([...statuses]).toEqual([200])
  const [row] = await market.sql`
    select count(*)::integer as odd from market.chats c
     where c.lane = market.lane_of(${shop.businessId}) and c.business_id = ${shop.businessId}
       and c.last_message_id <> coalesce((select max(m.message_id) from market.messages m
            where m.lane = c.lane and m.business_id = c.business_id and m.chat_id = c.chat_id), 0)`
  expect(row).toEqual({ odd: 0 })
})

test('files that a snapshot may name stay on disk until it is deleted', async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const path = await openOrderChat(buyer, shop, await shop.makeOrder())
  await buyer.sendFile(path, new TextEncoder().encode(`a file of ${path}`))
  const [{ hash } = { hash: '' }] = await market.sql<{ hash: string }[]>`
    select file_hash as hash from market.messages
     where lane = market.lane_of(${shop.businessId}) and business_id = ${shop.businessId} and file_hash is not null`
  const { files, sql } = market.running.market
  const file = storedPath(market, shop.businessId, hash)
  const sweep = () => sweepFiles({ sql, files, now: new Date(Date.now() + 2 * 60 * 60_000) })
  const { snapshots } = await askLabFor<{ snapshots: Snapshot[] }>(market, 'GET /snapshots')

  await restore(snapshots[0]?.name ?? '')
  await sweep()
  const kept = existsSync(file)
  for (const { name } of snapshots) await askLabFor(market, `DELETE /snapshots/${name}`)
  await sweep()

  expect([kept, existsSync(file)]).toEqual([true, false])
})

test('snapshots are listed, are taken once, and leave nothing behind', async () => {
  const first = await askLab(market, 'POST /snapshots/first')
  const again = await askLab(market, 'POST /snapshots/first')
  const listed = await askLabFor<{ snapshots: Snapshot[] }>(market, 'GET /snapshots')
  const deleted = await askLab(market, 'DELETE /snapshots/first')
  const gone = await Promise.all([
    askLab(market, 'DELETE /snapshots/first'),
    askLab(market, 'POST /snapshots/first/restore'),
  ])

  const schemas = await market.sql`select from pg_namespace where nspname like 'lab\\_snapshot\\_%'`
  expect([first.status, again.status, deleted.status]).toEqual([201, 409, 204])
  expect(listed.snapshots).toEqual([(first.body as { snapshot: Snapshot }).snapshot])
  expect(gone.map(reply => reply.status)).toEqual([404, 404])
  expect(schemas.count).toBe(0)
})

test('a snapshot holds every table but those of the process and of the snapshots themselves', async () => {
  const name = await take()
  const tablesOf = async (schema: string) => {
    const rows = await market.sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = ${schema} order by tablename`
    return new Set(rows.map(row => row.name))
  }

  const [held, all] = [await tablesOf(`lab_snapshot_${name}`), await tablesOf('market')]

  expect([...all.difference(held)]).toEqual([
    ...['deliverers', 'functions', 'lab_snapshots', 'lane_leases', 'migrations'],
    'token_revocations',
  ])
  expect(held.difference(all).size).toBe(0)
  await askLabFor(market, `DELETE /snapshots/${name}`)
})

test('one of another form of the tables is not restored', async () => {
  const name = await take()
  await market.sql`update market.lab_snapshots set migrations = migrations[2:] where name = ${name}`

  const refused = await askLab(market, `POST /snapshots/${name}/restore`)

  expect(refused.status).toBe(409)
  await askLabFor(market, `DELETE /snapshots/${name}`)
})

const hostile = [
  '-begins',
  'x'.repeat(42),
  'ends-',
  '_begins',
  '"; drop schema market cascade; --',
  "a'b",
  'a"b',
  'a;b',
  '../a',
  'a/b',
  'a%00b',
  'a\\b',
  'market',
  '$1',
  'a\nb',
  '{name}',
]

test('hostile names become nothing but refusals', async () => {
  const calls = (name: string) =>
    ['POST', 'DELETE'].map(method => askLab(market, `${method as 'POST'} /snapshots/${encodeURIComponent(name)}`))
  const good = new Set(['market'])
  const replies = await Promise.all(hostile.filter(name => !good.has(name)).flatMap(calls))
  const plain = await askLab(market, `POST /snapshots/market`)

  const schemas = await market.sql<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname like 'lab\\_snapshot%' or nspname = 'market' order by 1`
  expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([400]))
  expect(plain.status).toBe(201)
  expect(schemas.map(schema => schema.name)).toEqual(['lab_snapshot_market', 'market'])
})

/** Which of these snapshots there are. */
async function listed(names: readonly string[]): Promise<string[]> {
  const { snapshots } = await askLabFor<{ snapshots: { name: string }[] }>(market, 'GET /snapshots')
  return snapshots.map(({ name }) => name).filter(name => names.includes(name))
}

test('a name in any script is taken once, restored and deleted', async () => {
  const names = ['Перед распродажей', 'UPPER', 'a_b', 'digest-1', '促销之前']
  for (const name of names) await askLabFor(market, `POST /snapshots/${encodeURIComponent(name)}`)
  const again = await askLab(market, `POST /snapshots/${encodeURIComponent('Перед распродажей')}`)
  const taken = await listed(names)
  const restored = await askLab(market, `POST /snapshots/${encodeURIComponent('促销之前')}/restore`)
  for (const name of names) await askLab(market, `DELETE /snapshots/${encodeURIComponent(name)}`)

  expect([again.status, restored.status]).toEqual([409, 200])
  expect(taken.toSorted()).toEqual(names.toSorted())
  expect(await listed(names)).toEqual([])
})
