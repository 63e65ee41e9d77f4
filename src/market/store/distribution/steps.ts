import type { Sql } from '#database'
import { anchor } from './placement.ts'
import { makeSequence, planNodeSequences } from './sequences.ts'
import type { Step } from './step.ts'
import { stepsOfTables } from './tables.ts'

/** What is left to do, in its order. Not for a database without Citus, which has none of these catalogues. */
export async function listSteps(sql: Sql): Promise<Step[]> {
  return [
    ...(await stepsOfTables(sql)),
    ...(await stepsOfSequences(sql)),
    ...(await stepsOfFunctions(sql)),
    ...(await stepsOfSettings(sql)),
  ]
}

async function stepsOfSequences(sql: Sql): Promise<Step[]> {
  const planned = await planNodeSequences(sql)
  return planned.map(sequence => ({
    kind: 'sequence',
    of: [sequence.name],
    bytes: 0n,
    run: queries => makeSequence(queries, sequence),
  }))
}

type FunctionLeft = { signature: string; takesLane: boolean }

/** A function whose first parameter is p_lane runs on the node of the lane; all others are on every node, to be called by those. */
async function stepsOfFunctions(sql: Sql): Promise<Step[]> {
  const left = await sql<FunctionLeft[]>`
    select p.oid::regprocedure::text as signature, p.takes_lane as "takesLane"
      from (select p.oid, p.proname, p.proargnames[1] is not distinct from 'p_lane' as takes_lane from pg_catalog.pg_proc p
             where p.pronamespace = 'market'::regnamespace) p
     where not exists (select from pg_catalog.pg_dist_object o
                        where o.classid = 'pg_proc'::regclass and o.objid = p.oid
                          and (o.distribution_argument_index is not null) = p.takes_lane)
     -- As they were made: one that calls another comes after it.
     order by p.oid`
  return left.map(({ signature, takesLane }) => ({
    kind: 'function',
    of: [signature],
    bytes: 0n,
    async run(queries) {
      if (takesLane)
        await queries`select create_distributed_function(${signature}, 'p_lane', colocate_with := ${`market.${anchor}`})`
      else await queries`select create_distributed_function(${signature})`
    },
  }))
}

/** A plan that is made once knows no lane, and Citus finds no node with it. */
async function stepsOfSettings(sql: Sql): Promise<Step[]> {
  const left = await sql<{ signature: string }[]>`
    select p.oid::regprocedure::text as signature from pg_catalog.pg_proc p
     where p.pronamespace = 'market'::regnamespace and 'plan_cache_mode=force_generic_plan' = any(p.proconfig)`
  return left.map(({ signature }) => ({
    kind: 'setting',
    of: [signature],
    bytes: 0n,
    async run(queries) {
      await queries.unsafe(`alter function ${signature} set plan_cache_mode = 'force_custom_plan'`)
    },
  }))
}
