import type { Queries } from '#database'

/** What an account has chosen, as it was kept; undefined if nothing was. */
export async function readPreferences(sql: Queries, accountId: string): Promise<unknown> {
  const [row] = await sql<{ fields: unknown }[]>`
    select fields from desk.preferences where account_id = ${accountId}`
  return row?.fields
}

export async function writePreferences(sql: Queries, accountId: string, fields: object): Promise<void> {
  const json = JSON.stringify(fields)
  await sql`
    insert into desk.preferences (account_id, fields) values (${accountId}, ${json}::jsonb)
    on conflict (account_id) do update set fields = excluded.fields`
}
