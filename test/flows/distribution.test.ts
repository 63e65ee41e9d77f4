import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import { placements } from '../../src/market/store/distribution/placement.ts'
import { lanes } from '../../src/market/store/lane.ts'
import { findLayout } from '../../src/market/store/layout.ts'
import { prilavok } from '../support/command.ts'
import { cloneDatabase } from '../support/test-market.ts'

async function cloned() {
  const { url, drop } = await cloneDatabase()
  const sql = connect(url, { max: 1, name: 'test' })
  onTestFinished(async () => {
    await sql.end()
    await drop()
  })
  return { url, sql }
}

test('every table of the schema has its place on a cluster, and what is divided by lane has a lane first in its keys', async () => {
  const { sql } = await cloned()
  const tables = await sql<{ name: string; isByLane: boolean }[]>`
    select c.relname as name, coalesce(bool_and(a.attname is not distinct from 'lane') filter (where i.indisunique), false) as "isByLane"
      from pg_class c
      left join pg_index i on i.indrelid = c.oid
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relnamespace = 'market'::regnamespace and c.relkind = 'r'
     group by 1`
  const byLane = Object.entries(placements).filter(([, place]) => place === 'by lane')

  expect(tables.map(({ name }) => name).toSorted()).toEqual(Object.keys(placements).toSorted())
  for (const [name] of byLane) expect(tables).toContainEqual({ name, isByLane: true })
})

test('a function that is run on the node of a lane has that lane as its first parameter, and no lane anywhere else', async () => {
  const { sql } = await cloned()
  const functions = await sql<{ name: string; parameters: string[] }[]>`
    select proname as name, proargnames as parameters from pg_proc
     where pronamespace = 'market'::regnamespace and 'p_lane' = any(proargnames)`

  expect(functions.length).toBeGreaterThan(10)
  expect(functions.filter(({ parameters }) => parameters[0] !== 'p_lane')).toEqual([])
})

test.skipIf(process.env['PRILAVOK_TEST_CITUS_URL'])('on one PostgreSQL everything goes together', async () => {
  const { sql } = await cloned()

  expect(await findLayout(sql)).toMatchObject({ isDistributed: false, batchLanes: lanes.map(() => null) })
})

test.skipIf(process.env['PRILAVOK_TEST_CITUS_URL']).each([
  [{}, 'The database has no Citus. On every node: install it'],
  [{ LC_ALL: 'ru_RU.UTF-8' }, 'В базе данных нет Citus. На каждом узле'],
])('without Citus a database is not distributed, and one line says how to get it: %j', async (language, words) => {
  const { url } = await cloned()
  const { code, out, err } = await prilavok(['distribute', '--database-url', url], language).ended

  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
  expect(err).toContain(words)
})
