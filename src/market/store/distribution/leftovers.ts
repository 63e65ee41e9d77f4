import type { Sql } from '#database'
import { placements } from './placement.ts'
import type { Step } from './step.ts'

/** The rows of a table that was distributed stay on the coordinator's disk, where nobody sees them, until they are removed. */
export async function stepsOfLeftovers(sql: Sql): Promise<Step[]> {
  const left = await sql<{ name: string; bytes: bigint }[]>`
    select c.relname as name, pg_relation_size(c.oid) as bytes
      from pg_catalog.pg_class c join pg_catalog.pg_dist_partition t on t.logicalrelid = c.oid::regclass
     where c.relnamespace = 'market'::regnamespace and (t.partmethod = 'h' or t.repmodel = 't')
       and c.relname = any(${Object.keys(placements)}::text[]) and pg_relation_size(c.oid) > 0
     order by c.relname`
  return left.map(({ name, bytes }) => ({
    kind: 'leftover',
    of: [name],
    bytes,
    async run(queries) {
      await queries`select truncate_local_data_after_distributing_table(${`market.${name}`}::regclass)`
    },
  }))
}
