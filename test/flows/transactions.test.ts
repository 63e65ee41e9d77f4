import { expect, test } from 'vitest'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

const keep = (name: string) => market.sql`select from market.settings where name = ${name}`

test('a transaction that goes on after a failed statement is no success, and nothing of it is kept', async () => {
  const done = market.sql.begin(async transaction => {
    await transaction`insert into market.settings values ('half', 'done')`
    await transaction`select 1 / 0`.catch(() => {})
  })

  await expect(done).rejects.toThrow('a statement of it had failed')
  expect(await keep('half')).toHaveLength(0)
})

test('a transaction that throws leaves nothing, and the pool goes on', async () => {
  const done = market.sql.begin(async transaction => {
    await transaction`insert into market.settings values ('thrown', 'away')`
    throw new Error('changed my mind')
  })

  await expect(done).rejects.toThrow('changed my mind')
  expect(await keep('thrown')).toHaveLength(0)
  await market.sql.begin(transaction => transaction`insert into market.settings values ('whole', 'kept')`)
  expect(await keep('whole')).toHaveLength(1)
})
