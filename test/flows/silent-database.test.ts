import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { explain, isDatabaseAway } from '../../src/database/errors.ts'
import { Silence } from '../../src/database/silence.ts'
import { Bus, type LiveEvent } from '../../src/market/live/bus.ts'
import { collectingLog, useMarket } from '../support/test-market.ts'

const market = useMarket()

test('a statement that nobody answers fails as on a lost connection, and the pool goes on', async () => {
  const pool = new pg.Pool({ connectionString: market.databaseUrl, max: 1 })
  onTestFinished(() => pool.end())
  pool.on('error', () => {})
  const silence = new Silence(pool, 0)
  const failure = await pool.query('select pg_sleep(60)').catch(error => error)
  silence.stop()

  expect(() => explain(failure)).toThrow(expect.toSatisfy(isDatabaseAway))
  expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('thousands of events at once reach another process, in their order, and nobody hears its own from there', async () => {
  const make = () => new Bus(market.sql, collectingLog([]))
  const [here, there] = [make(), make()]
  const heard = { here: [] as LiveEvent[], there: [] as LiveEvent[] }
  here.onEvent(event => heard.here.push(event))
  there.onEvent(event => heard.there.push(event))
  await Promise.all([here.start(), there.start()])
  onTestFinished(async () => {
    await Promise.all([here.stop(), there.stop()])
  })
  const events = Array.from({ length: 2_500 }, (_, n) => ({ about: 'requests' as const, businessId: `about ${n}` }))

  for (const event of events) here.publish(event)

  await expect.poll(() => heard.there.filter(isOurs).length, { timeout: 30_000 }).toBe(events.length)
  expect(heard.there.filter(isOurs)).toEqual(events)
  expect(heard.here.filter(isOurs)).toEqual(events)
})

/** The market of this file tells of its own business on the same channel. */
const isOurs = (event: LiveEvent) => 'businessId' in event && event.businessId.startsWith('about ')
