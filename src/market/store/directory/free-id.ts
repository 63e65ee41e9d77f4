import { identifier, type Queries } from '#database'

/** The lowest number that no row of a table has; the highest may be the last of int64. */
export async function findFreeId(sql: Queries, table: 'businesses' | 'campaigns', column: string): Promise<bigint> {
  const [rows, id] = [identifier('market', table), identifier(column)]
  const [row] = await sql<[{ id: bigint }]>`
    select min(taken.id) + 1 as id
      from (select 0::bigint as id union all select ${id} from ${rows}) taken
     where taken.id < 9223372036854775807
       and not exists (select from ${rows} next where next.${id} = taken.id + 1)`
  return row.id
}
