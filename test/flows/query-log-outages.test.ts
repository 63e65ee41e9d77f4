import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { RunningMarket } from '#market'
import type { NewRequest } from '../../src/market/store/new-requests.ts'
import { askAdmin } from '../support/admin.ts'
import { makeCall, makeScene, send } from '../support/published-calls.ts'
import { readLog } from '../support/query-log.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
import { startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket()

function queryLogOf({ market: { queryLog } }: RunningMarket) {
  if (queryLog === undefined) throw new Error('this market logs no requests')
  return queryLog
}

let made = 0
const makeRequest = (businessId: bigint, change: Partial<NewRequest> = {}): NewRequest => ({
  businessId: `${businessId}`,
  at: new Date(1_700_000_000_000).toISOString(),
  requestId: ++made,
  keyId: '1',
  operation: 'getChats',
  method: 'POST',
  path: '/v2',
  status: 200,
  durationMs: 1,
  traceId: '0af7651916cd43dd8448eb211c80319c',
  requestBody: null,
  responseBody: '{}',
  isCut: false,
  unknownFields: null,
  ...change,
})

async function countRows(businessId: bigint): Promise<number> {
  const [row] = await market.sql<[{ count: number }]>`
    select count(*)::integer as count from market.requests where business_id = ${businessId}`
  return row.count
}

async function readMetric({ url }: { url: string }, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
}

test('requests come into the log by themselves, soon after they were answered', async () => {
  const scene = await makeScene(market)
  await send(market, makeCall('getChat', scene))

  await expect.poll(() => countRows(scene.businessId)).toBe(4)
})

test('what was answered while the database was away is in the log when it is back', async () => {
  const database = await makeRestartablePostgres()
  const running = await startSecond({ databaseUrl: database.url })
  const second = { ...running, running }
  const scene = await makeScene(running)
  await queryLogOf(running).flush()

  await database.stop()
  const refused = await send(running, makeCall('getChat', scene))
  const fromMemory = await send(running, makeCall('getAuthTokenInfo', scene))
  await queryLogOf(running).flush()
  const waiting = await readMetric(running, 'prilavok_query_log_waiting')
  await database.startAgain()
  await expect.poll(async () => (await send(running, makeCall('getChat', scene))).status, { timeout: 30_000 }).toBe(200)
  const { requests } = await readLog(second, scene.businessId)

  expect([refused.status, fromMemory.status, waiting]).toEqual([503, 200, 2])
  expect(requests.filter(request => request.status === 503).at(-1)).toMatchObject({ operation: 'getChat' })
  expect(requests.filter(request => request.operation === 'getAuthTokenInfo')).toHaveLength(1)
  expect(new Set(requests.map(request => request.requestId)).size).toBe(requests.length)
}, 60_000)

test('a log that cannot be written delays nobody; the oldest are dropped, counted, and told of in one line', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const running = await startTestMarket({ ...market, log })
  const queryLog = queryLogOf(running)
  const scene = await makeScene(running)
  await queryLog.flush()
  const before = await countRows(scene.businessId)

  await market.sql.begin(async transaction => {
    await transaction`lock table market.requests in access exclusive mode`
    // What is under way is not waiting.
    queryLog.add(makeRequest(scene.businessId))
    void queryLog.flush()
    for (let n = 0; n < 20_700; n++) queryLog.add(makeRequest(scene.businessId))
    expect((await send(running, makeCall('sendMessageToChat', scene))).status).toBe(200)
    expect(queryLog.waiting).toBe(20_000)
  })
  await queryLog.flush()
  const rows = await countRows(scene.businessId)
  const dropped = await readMetric(running, 'prilavok_query_log_dropped_total')
  await running.stop()

  expect(dropped).toBe(701)
  expect(rows - before).toBe(20_702 - 701)
  expect(lines.map(line => JSON.parse(line).msg)).toEqual([
    'the query log has lost requests: the database is slow or away',
  ])
})

test('however many search the log, and however long it takes, a message does not wait for them', async () => {
  const [scene, other] = [await makeScene(market), await makeScene(market)]
  const { reply, searches } = await market.sql.begin(async transaction => {
    await transaction.unsafe('lock table market.requests in access exclusive mode')
    let turnedAway = 0
    const searches = Array.from({ length: 20 }, async (_search, index) => {
      const { status } = await askAdmin(
        market,
        `GET /businesses/${(index % 2 ? scene : other).businessId}/requests?text=q`,
      )
      if (status === 429) turnedAway++
      return status
    })
    await expect.poll(() => countWaiting()).toBe(2)
    // All have come while the lock stands: one that came later would find a place.
    await expect.poll(() => turnedAway).toBe(10)
    return { reply: await send(market, makeCall('sendMessageToChat', scene)), searches }
  })

  expect(reply.status).toBe(200)
  // Of each business one runs, four wait, and the rest are to come again.
  expect((await Promise.all(searches)).sort()).toEqual([...Array(10).fill(200), ...Array(10).fill(429)])
})

async function countWaiting(): Promise<number> {
  const [row] = await market.sql<[{ count: number }]>`
    select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and application_name like '%searches'`
  return row.count
}

test('one that does not fit costs no other its place', async () => {
  const scene = await makeScene(market)
  const queryLog = queryLogOf(market.running)
  await queryLog.flush()
  const before = await countRows(scene.businessId)

  for (let n = 0; n < 20; n++) queryLog.add(makeRequest(scene.businessId, n === 13 ? { traceId: 'no trace' } : {}))
  await queryLog.flush()

  expect((await countRows(scene.businessId)) - before).toBe(19)
  expect(market.takeErrors()).toEqual([expect.stringContaining('does not fit into the query log')])
})

test('one that is written again, because nobody knew that it had been, is there once', async () => {
  const scene = await makeScene(market)
  const queryLog = queryLogOf(market.running)
  await queryLog.flush()
  const before = await countRows(scene.businessId)
  const [one, two] = [makeRequest(scene.businessId), makeRequest(scene.businessId)]

  for (const request of [one, { ...one, status: 500 }, two]) queryLog.add(request)
  await queryLog.flush()

  expect((await countRows(scene.businessId)) - before).toBe(2)
})

test('a market that stops writes the last ones', async () => {
  const scene = await makeScene(market)
  await queryLogOf(market.running).flush()
  const before = await countRows(scene.businessId)
  const running = await startSecond(market)
  for (let n = 0; n < 5; n++) await send(running, makeCall('getChat', scene))

  await running.stop()

  expect((await countRows(scene.businessId)) - before).toBe(5)
})

test('a market without the log answers as ever and writes nothing', async () => {
  const scene = await makeScene(market)
  await queryLogOf(market.running).flush()
  const before = await countRows(scene.businessId)
  const running = await startTestMarket({ ...market, log: pino({ level: 'silent' }), isQueryLogOff: true })

  const reply = await send(running, makeCall('getChat', scene))
  await running.stop()

  expect(reply.status).toBe(200)
  expect(await countRows(scene.businessId)).toBe(before)
})
