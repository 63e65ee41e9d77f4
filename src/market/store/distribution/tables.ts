import { identifier, type Queries, type Sql } from '#database'
import { anchor, placements, shardCount, type Table } from './placement.ts'
import type { Step } from './step.ts'

type TableLeft = { name: Table; bytes: bigint }

/** The tables that are copied to every node go together; each that is divided goes alone. */
export async function stepsOfTables(sql: Sql): Promise<Step[]> {
  const names = Object.keys(placements)
  const left = await sql<TableLeft[]>`
    select c.relname as name, pg_total_relation_size(c.oid) as bytes
      from pg_catalog.pg_class c
     where c.relnamespace = 'market'::regnamespace and c.relkind = 'r' and c.relname = any(${names}::text[])
       -- By hash, or copied to all nodes: local tables that refer to one of those are in this catalogue, too.
       and not exists (select from pg_catalog.pg_dist_partition t
                        where t.logicalrelid = c.oid::regclass and (t.partmethod = 'h' or t.repmodel = 't'))
     order by array_position(${names}::text[], c.relname::text)`
  const directory = left.filter(({ name }) => placements[name] === 'everywhere')
  const divided = left.filter(({ name }) => placements[name] === 'by lane')
  return [
    ...(directory.length > 0 ? [stepOfDirectory(directory)] : []),
    ...divided.map(
      ({ name, bytes }): Step => ({ kind: 'distribute', of: [name], bytes, run: each => divide(each, name) }),
    ),
  ]
}

function stepOfDirectory(tables: readonly TableLeft[]): Step {
  const names = tables.map(({ name }) => name)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0n)
  return { kind: 'copy', of: names, bytes, run: sql => copyToAll(sql, names) }
}

type Constraint = { table: string; name: string; definition: string }

/**
 * Without their foreign keys, which are put back at the end: Citus would replace each table that refers to a copied one by
 * another table of its name, and the functions that take its rows would take those of the old one.
 */
function copyToAll(sql: Sql, tables: readonly Table[]): Promise<void> {
  return inSequence(sql, async transaction => {
    const constraints = await transaction<Constraint[]>`
      select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
        from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
       where k.contype = 'f' and c.relnamespace = 'market'::regnamespace and c.relname = any(${[...tables]}::text[])
       order by 1, 2`
    const nameOf = ({ table }: Constraint) => identifier('market', table)
    for (const one of constraints) await transaction`alter table ${nameOf(one)} drop constraint ${identifier(one.name)}`
    for (const table of tables) await transaction`select create_reference_table(${`market.${table}`}::regclass)`
    for (const { table, name, definition } of constraints)
      await transaction.unsafe(`alter table market.${table} add constraint ${name} ${definition}`)
  })
}

function divide(sql: Sql, table: Table): Promise<void> {
  return inSequence(sql, async transaction => {
    if (table === anchor)
      await transaction`
        select create_distributed_table(${`market.${table}`}::regclass, 'lane', colocate_with := 'none', shard_count := ${shardCount})`
    else
      await transaction`
        select create_distributed_table(${`market.${table}`}::regclass, 'lane', colocate_with := ${`market.${anchor}`})`
  })
}

/** Tables that refer to each other cannot be changed over several connections at once. */
function inSequence(sql: Sql, work: (transaction: Queries) => Promise<void>): Promise<void> {
  return sql.begin(async transaction => {
    await transaction.unsafe(`set local citus.multi_shard_modify_mode = 'sequential'`)
    await work(transaction)
  })
}
