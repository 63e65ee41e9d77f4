import { expect, onTestFinished, test } from 'vitest'
import { askAdmin, problemOf } from '../support/admin.ts'
import { makeBuyer } from '../support/buyer.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
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
