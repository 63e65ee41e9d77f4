import { expect, onTestFinished, test, vi } from 'vitest'
import { connect, type Sql } from '../../src/database/connect.ts'
import { Searches } from '../../src/market/query-log/searches.ts'
import { problemOf } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const patience = { timeout: 30_000 }
const anything = { before: undefined, limit: 10 }

test('a business searches one at a time and keeps four waiting; the next one is refused, and another business is not', async () => {
  const [one, other] = [await makeBusiness(market), await makeBusiness(market)]
  const letGo = await holdLog()
  const waiting = Array.from({ length: 5 }, () => search(one))
  await vi.waitFor(async () => expect(await searching()).toHaveLength(1), patience)

  const refused = await search(one)
  const others = search(other)
  await vi.waitFor(async () => expect(await searching()).toHaveLength(2), patience)
  await letGo()

  expect(problemOf(refused)).toMatchObject({ status: 429, retryAfterSeconds: 1 })
  expect(refused.headers.get('retry-after')).toBe('1')
  expect((await others).status).toBe(200)
  expect((await Promise.all(waiting)).map(reply => reply.status)).toEqual([200, 200, 200, 200, 200])
})

test('whoever searches much is waited for by nobody else', async () => {
  const [one, other] = [await makeBusiness(market), await makeBusiness(market)]
  const { sql, gates } = gated(market.running.market.sql)
  const searches = new Searches(sql)
  const leave = new AbortController()
  const { signal } = leave
  const own = Array.from({ length: 5 }, () => searches.run(one.businessId, anything, signal))

  const others = searches.run(other.businessId, anything, signal)
  gates[1]?.resolve()

  expect(await others).toEqual({ found: [], next: undefined })
  expect(gates).toHaveLength(2)
  leave.abort(new Error('enough'))
  for (const gate of gates) gate.resolve()
  expect(await Promise.allSettled(own)).toMatchObject(own.map(() => ({ status: 'rejected' })))
})

test('a search whose asker hangs up is ended in the database, and its connection is used for nothing else', async () => {
  const shop = await makeBusiness(market)
  const letGo = await holdLog()
  const hungUp = new AbortController()
  const left = Array.from({ length: 5 }, () => search(shop, hungUp.signal).catch(() => 'hung up'))
  await vi.waitFor(async () => expect(await searching()).toHaveLength(1), patience)
  const [pid] = await searching()

  hungUp.abort()
  expect(await Promise.all(left)).toEqual(left.map(() => 'hung up'))
  await vi.waitFor(async () => expect(await searching()).toEqual([]), patience)

  // Those that waited leave their places as the server sees each of them gone.
  const next = Array.from({ length: 5 }, () => vi.waitFor(() => searchUnlessFull(shop), patience))
  await vi.waitFor(async () => expect(await searching()).toHaveLength(1), patience)
  expect(await searching()).not.toContain(pid)
  await letGo()
  expect((await Promise.all(next)).map(reply => reply.status)).toEqual([200, 200, 200, 200, 200])
})

test('what nobody wants any more is cancelled by the database, however long it may take', async () => {
  const { businessId } = await makeBusiness(market)
  await holdLog()
  const searches = new Searches(connectPatiently('searches'))
  const notWanted = new AbortController()
  const asked = searches.run(businessId, anything, notWanted.signal)
  await vi.waitFor(async () => expect(await searching()).toHaveLength(1), patience)

  notWanted.abort(new Error('not wanted any more'))

  await expect(asked).rejects.toThrow('not wanted any more')
  expect(await searching()).toEqual([])
})

test('a search that takes too long is ended, and the answer says so', async () => {
  const shop = await makeBusiness(market)
  const letGo = await holdLog()

  const asked = search(shop)
  await vi.waitFor(async () => expect(await searching()).toHaveLength(1), patience)
  // As the server does when the time of a statement is over.
  await market.sql`select pg_cancel_backend(pid) from unnest(${await searching()}::integer[]) as s(pid)`
  const reply = await asked
  await letGo()

  expect(problemOf(reply)).toMatchObject({ status: 503, detail: expect.stringContaining('took too long') })
})

function search({ businessId }: { businessId: bigint }, signal?: AbortSignal) {
  const headers = { authorization: `Bearer ${market.adminToken}` }
  return ask(`${market.url}/admin/v1/businesses/${businessId}/requests`, { headers, ...(signal && { signal }) })
}

async function searchUnlessFull(shop: { businessId: bigint }) {
  const reply = await search(shop)
  if (reply.status === 429) throw new Error('there is no place yet')
  return reply
}

/** Nobody reads the query log until it is let go. */
async function holdLog(): Promise<() => Promise<void>> {
  const [held, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = connectPatiently('holds the log').begin(async transaction => {
    await transaction`lock table market.requests in access exclusive mode`
    held.resolve()
    await gate.promise
  })
  const letGo = () => {
    gate.resolve()
    return holding
  }
  onTestFinished(letGo)
  await Promise.race([held.promise, holding])
  return letGo
}

/** A connection on which nothing is ended because it takes long. */
function connectPatiently(name: string): Sql {
  const sql = connect(market.databaseUrl, { max: 1, name, isPatient: true })
  onTestFinished(() => sql.end())
  return sql
}

/** The searches that are under way, by the connections that they run on. */
async function searching(): Promise<number[]> {
  const rows = await market.sql<{ pid: number }[]>`
    select pid from pg_stat_activity
     where datname = current_database() and application_name ~ '^prilavok [0-9]+ searches$'
       and state = 'active' and wait_event_type = 'Lock'`
  return rows.map(({ pid }) => pid)
}

/** The database, in which each search waits at a gate of its own. */
function gated(sql: Sql) {
  const gates: PromiseWithResolvers<void>[] = []
  const whileWanted: Sql['whileWanted'] = async (signal, work) => {
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    await gate.promise
    return sql.whileWanted(signal, work)
  }
  return { gates, sql: Object.assign((...query: Parameters<Sql>) => sql(...query), sql, { whileWanted }) as Sql } // as the real one
}
