import { connect, migrate, type Sql } from '#database'
import { Problem } from '#kit'
import { distribute, listMoves, type OnStep } from './store/distribution/distribute.ts'
import { countNodes, listPlaces, type Place } from './store/distribution/nodes.ts'
import type { Step } from './store/distribution/step.ts'
import { hasCitus } from './store/layout.ts'
import { marketSchema } from './store/schema.ts'

export type { Place, Step }

type Watcher = {
  /** Called before anything is moved, with what is to be moved; false ends it there. */
  onPlan(moves: readonly Step[]): boolean
  onStep: OnStep
}

/**
 * Makes a plain database a distributed one, in place; who was interrupted goes on where he was. Returns where the lanes are then;
 * undefined if the plan was refused. Throws a Problem if the database has no Citus or no nodes, or if a market works on it.
 */
export async function distributeDatabase(
  databaseUrl: string,
  { onPlan, onStep }: Watcher,
): Promise<Place[] | undefined> {
  const sql = connect(databaseUrl, { max: 1, name: 'distribution', isPatient: true })
  try {
    await requireCluster(sql)
    await migrate(sql, marketSchema)
    const moves = await listMoves(sql)
    if (moves.length > 0) await requireRest(sql)
    if (!onPlan(moves)) return undefined
    await distribute(sql, onStep)
    return await listPlaces(sql)
  } finally {
    await sql.end()
  }
}

async function requireCluster(sql: Sql): Promise<void> {
  if (!(await hasCitus(sql)))
    throw new Problem(
      "The database has no Citus. On every node: install it, add it to shared_preload_libraries, restart, and in this database 'create extension citus'; then here: select citus_set_coordinator_host('<this host>'); select citus_add_node('<host>', 5432) for each node.",
      { kind: 'noCitus' },
    )
  if ((await countNodes(sql)) === 0)
    throw new Problem(
      "Citus has no node for rows yet: select citus_set_coordinator_host('<this host>'); select citus_add_node('<host>', 5432) for each node.",
      { kind: 'noCitusNodes' },
    )
}

/** A market that is at work would meet tables of which some are divided and some are not. */
async function requireRest(sql: Sql): Promise<void> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::integer as count from market.deliverers where seen_until > clock_timestamp()`
  if (row.count > 0)
    throw new Problem(`${row.count} market processes are at work on this database: stop them first.`, {
      kind: 'marketsAtWork',
      facts: { count: row.count },
    })
}
