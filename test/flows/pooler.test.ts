import { expect, onTestFinished, test } from 'vitest'
import { connect, type Queries } from '../../src/database/connect.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { buyerOf, chatPath } from '../support/buyer.ts'
import { openEvents } from '../support/event-stream.ts'
import { startPooler } from '../support/pooler.ts'
import { makeCall, makeScene, operationNames, send } from '../support/published-calls.ts'
import { startSecond } from '../support/second-market.ts'
import { cloneDatabase, collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket()

async function startBehindPooler() {
  const pooled = await startPooler(market.databaseUrl)
  const { databaseUrl: listenDatabaseUrl } = market
  const errors: string[] = []
  const running = await startSecond({ databaseUrl: pooled }, errors, { listenDatabaseUrl })
  return { pooled, running, errors }
}

test('every operation works behind a pooler, many times and at once', async () => {
  const { running, errors } = await startBehindPooler()
  const scene = await makeScene(running)

  for (let round = 0; round < 3; round++) {
    const replies = await Promise.all(operationNames.map(name => send(running, makeCall(name, scene))))
    expect(replies.map(({ status }) => status)).toEqual(operationNames.map(() => 200))
  }
  expect(errors).toEqual([])
})

test('processes behind a pooler tell one another what happens, by the address without it', async () => {
  const { running } = await startBehindPooler()
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const { publicId } = shop.customer
  const { token } = await askAdminFor<{ token: string }>(market, `POST /customers/${publicId}/tokens`)
  const stream = await openEvents(running, { token })
  await stream.take('chat')

  await buyerOf(market, publicId, token).ask(`POST ${chatPath(shop, chatId)}/messages`, { text: 'Где заказ?' })
  const [message] = await stream.take('message')

  expect(message).toMatchObject({ data: { message: { text: 'Где заказ?' } } })
})

const readTimeout = async (sql: Queries) =>
  (await sql<{ statement_timeout: string }[]>`show statement_timeout`)[0]?.statement_timeout
const readSession = async (sql: Queries) => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid

test('what may be cancelled has one session to the end, and its limit there', async () => {
  const shared = connect(await startPooler(market.databaseUrl), { max: 1, name: 'test', statementMs: 7_000 })
  onTestFinished(() => shared.end())
  const apart = [await readSession(shared), await readSession(shared)]

  const [first, second, limit] = await shared.whileWanted(new AbortController().signal, async sql => [
    ...[await readSession(sql), await readSession(sql)],
    await readTimeout(sql),
  ])

  expect(apart[0]).not.toBe(apart[1])
  expect(first).toBe(second)
  expect(limit).toBe('7s')
})

test('a session of our own has our limits, a shared one is left as it is', async () => {
  const direct = connect(market.databaseUrl, { max: 1, name: 'test' })
  const shared = connect(await startPooler(market.databaseUrl), { max: 4, name: 'test' })
  onTestFinished(async () => void (await Promise.all([direct.end(), shared.end()])))

  const seen = await Promise.all(Array.from({ length: 6 }, () => readTimeout(shared)))

  expect(await readTimeout(direct)).toBe('15s')
  expect(new Set(seen)).toEqual(new Set(['0']))
})

test('a market that would not hear of the others is refused in one line', async () => {
  const pooled = await startPooler(market.databaseUrl)
  const another = await cloneDatabase()
  onTestFinished(another.drop)
  const start = (more: { databaseUrl: string; listenDatabaseUrl?: string }) =>
    startTestMarket({ ...market, ...more, log: collectingLog([]) })

  await expect(start({ databaseUrl: pooled })).rejects.toMatchObject({ name: 'Problem', kind: 'databasePooled' })
  await expect(start({ databaseUrl: pooled, listenDatabaseUrl: another.url })).rejects.toMatchObject({
    ...{ name: 'Problem', kind: 'listeningElsewhere' },
  })
})
