import type { Sql } from './connect.ts'

/** Keeps a value on first use; returns what is kept. */
export async function keepSetting(sql: Sql, name: string, value: string): Promise<string> {
  await sql`insert into market.settings (name, value) values (${name}, ${value}) on conflict do nothing`
  const [row] = await sql<[{ value: string }]>`select value from market.settings where name = ${name}`
  return row.value
}
