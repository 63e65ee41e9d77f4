import { beforeEach, describe, expect, test } from 'vitest'
import type { Queries } from '#database'
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

describe('of two who wait for each other', () => {
  const names = ['deadlock a', 'deadlock b'] as const
  beforeEach(
    () => market.sql`
    insert into market.settings select name, '0' from unnest(${[...names]}::text[]) name
    on conflict (name) do update set value = '0'`,
  )
  const count = (on: Queries, name: string) => on`
    update market.settings set value = (value::integer + 1)::text where name = ${name}`
  const counts = () => market.sql`
    select value from market.settings where name = any(${[...names]}) order by name`

  test('both transactions are done, once each', async () => {
    const first = Promise.withResolvers<void>()
    let begun = 0
    const both = [names, names.toReversed()].map(([one = '', other = '']) =>
      market.sql.begin(async transaction => {
        await count(transaction, one)
        if (++begun === 2) first.resolve()
        await first.promise
        await count(transaction, other)
      }),
    )

    await Promise.all(both)

    expect(begun).toBe(3)
    expect(await counts()).toEqual([{ value: '2' }, { value: '2' }])
  })

  test('a single statement is done, once', async () => {
    const [one, other] = names
    const [holds, waits] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const patient = market.sql.begin(async transaction => {
      // The victim is whoever notices first.
      await transaction.unsafe("set local deadlock_timeout = '1min'")
      await count(transaction, other)
      holds.resolve()
      await waits.promise
      await count(transaction, one)
    })
    await holds.promise
    const single = market.sql`
      update market.settings s set value = (value::integer + 1)::text
        from (select name from market.settings where name = any(${[...names]}) order by name for update) o where s.name = o.name`
    const done = single.then(({ length }) => length)
    const waiting = async () => (await market.sql`select from pg_locks where not granted`).count
    await expect.poll(waiting).toBe(1)
    waits.resolve()

    await Promise.all([patient, done])

    expect(await counts()).toEqual([{ value: '2' }, { value: '2' }])
  })
})
