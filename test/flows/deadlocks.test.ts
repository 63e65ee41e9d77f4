import { beforeEach, expect, test } from 'vitest'
import type { Queries } from '#database'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

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

test('of two transactions that wait for each other both are done, once each', async () => {
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

test('of a transaction and a single statement that wait for each other both are done, once', async () => {
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
