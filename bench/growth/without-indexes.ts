import type { Sql } from '#database'

type Kept = { drop: string; make: string }

/** Fills a table while it has no indexes, and makes them again afterwards: many times as fast. */
export async function withoutIndexes(sql: Sql, table: string, fill: () => Promise<unknown>): Promise<void> {
  const kept = await sql<Kept[]>`
    select case when k.oid is null then format('drop index %s', i.indexrelid::regclass)
                else format('alter table %s drop constraint %I', i.indrelid::regclass, k.conname) end as drop,
           case when k.oid is null then pg_get_indexdef(i.indexrelid)
                else format('alter table %s add constraint %I %s', i.indrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) end as make
      from pg_index i left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
     where i.indrelid = ${table}::regclass
     order by k.oid is null`
  for (const { drop } of kept) await sql.unsafe(drop)
  await fill()
  for (const { make } of kept) await sql.unsafe(make)
}
