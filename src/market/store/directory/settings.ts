import type { Queries } from '#database'

/** Keeps a value on first use; returns what is kept. */
export async function keepSetting(sql: Queries, name: string, value: string): Promise<string> {
  await sql`insert into market.settings (name, value) values (${name}, ${value}) on conflict do nothing`
  return (await findSetting(sql, name)) ?? value
}

export async function findSetting(sql: Queries, name: string): Promise<string | undefined> {
  const [row] = await sql<{ value: string }[]>`select value from market.settings where name = ${name}`
  return row?.value
}

export async function saveSetting(sql: Queries, name: string, value: string): Promise<void> {
  await sql`
    insert into market.settings (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`
}

/**
 * Keeps this moment unless one is kept that is not earlier than `since`, and tells whether it did: one of several processes that
 * ask. A moment may be a little later than now: who asks at once has read another clock, or the same one before. What is ahead by
 * more than the interval was kept by a clock that was wrong, and does not count.
 */
export async function claimMoment(
  sql: Queries,
  name: string,
  { now, since }: { now: Date; since: Date },
): Promise<boolean> {
  const until = new Date(2 * now.getTime() - since.getTime())
  const rows = await sql`
    insert into market.settings as kept (name, value) values (${name}, ${now.toISOString()})
    on conflict (name) do update set value = excluded.value
      where kept.value not between ${since.toISOString()} and ${until.toISOString()}
    returning name`
  return rows.length > 0
}

/** Until the end of the transaction nobody else writes a setting. */
export async function lockSettings(sql: Queries): Promise<void> {
  await sql`lock table market.settings in exclusive mode`
}
