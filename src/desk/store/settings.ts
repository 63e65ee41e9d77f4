import type { Queries } from '#database'

/** Keeps a value on first use; returns what is kept. */
export async function keepSetting(sql: Queries, name: string, value: string): Promise<string> {
  await sql`
    insert into desk.settings (name, value) values (${name}, ${value}) on conflict do nothing`
  const [row] = await sql<{ value: string }[]>`
    select value from desk.settings where name = ${name}`
  return row?.value ?? value
}

export async function findSetting(sql: Queries, name: string): Promise<string | undefined> {
  const [row] = await sql<{ value: string }[]>`
    select value from desk.settings where name = ${name}`
  return row?.value
}

export async function saveSetting(sql: Queries, name: string, value: string): Promise<void> {
  await sql`
    insert into desk.settings (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`
}

const trickle = 'trickle'
const [on, off] = ['on', 'off']

/** Whether simulated buyers are to write; they are until somebody says no. */
export async function isTrickleOn(sql: Queries): Promise<boolean> {
  return (await findSetting(sql, trickle)) !== off
}

export async function saveTrickle(sql: Queries, isOn: boolean): Promise<void> {
  await saveSetting(sql, trickle, isOn ? on : off)
}
