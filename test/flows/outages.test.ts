import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askAdmin, problemOf } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { openEvents } from '../support/event-stream.ts'
import { readPostmaster } from '../support/postgres-processes.ts'
import { makeDataFolder, start } from '../support/private-postgres.ts'
import { makeReceiver } from '../support/receiver.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
import { subscribe } from '../support/subscriptions.ts'
import { cloneDatabase } from '../support/test-market.ts'

const media = 'application/problem+json; charset=utf-8'

test('what breaks on our side says nothing of itself to callers of the admin and buyer APIs', async () => {
  const errors: string[] = []
  const database = await cloneDatabase()
  onTestFinished(database.drop)
  const { market, ...running } = await startSecond({ databaseUrl: database.url }, errors)
  await market.sql`alter table market.businesses rename to gone`

  const reply = await askAdmin(running, 'GET /businesses')

  expect(problemOf(reply)).toMatchObject({ status: 500, media, detail: 'Internal server error' })
  expect(reply.text).not.toMatch(/gone|relation|select/i)
  expect(errors).toHaveLength(1)
})

test('while the database is away both APIs say so, and they answer again when it is back', async () => {
  const database = await makeRestartablePostgres()
  const running = await startSecond({ databaseUrl: database.url })
  const buyer = await makeBuyer(running)
  const askBoth = async () => [await askAdmin(running, 'GET /businesses'), await buyer.ask('GET /chats')]

  await database.stop()
  const away = (await askBoth()).map(problemOf)
  await database.startAgain()

  expect(away).toMatchObject([
    { status: 503, media },
    { status: 503, media },
  ])
  await expect.poll(async () => (await askBoth()).map(reply => reply.status), { timeout: 30_000 }).toEqual([200, 200])
})

test('a private PostgreSQL that dies is missed until it runs again; then requests, notifications and streams go on', async () => {
  const dataDir = makeDataFolder()
  const postgres = await start({ dataDir })
  const errors: string[] = []
  const running = await startSecond({ databaseUrl: postgres.url('postgres') }, errors)
  const [shop, receiver] = [await makeBusiness(running), await makeReceiver()]
  await subscribe(running.market.sql, shop, receiver)
  const buyer = await makeBuyer(running, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  const before = await openEvents(running, buyer)
  await before.take('chat')
  const write = async () => (await buyer.ask(`POST ${chat}/messages`, { text: 'Где заказ?' })).status
  const version = join(dataDir, 'cluster', 'PG_VERSION')

  writeFileSync(version, '1\n') // with this it does not start
  process.kill(readPostmaster(dataDir).pid, 'SIGKILL')
  await expect.poll(write, { timeout: 30_000 }).toBe(503)
  writeFileSync(version, '18\n')
  await expect.poll(write, { timeout: 30_000 }).toBe(201)

  await receiver.arrived(1)
  const again = await openEvents(running, { token: buyer.token, lastEventId: before.lastId() })
  await write()
  await again.take('message', 2)
  expect(errors).toEqual([])
})
