import { identifier, type Sql } from '#database'
import { stepsOfLeftovers } from './leftovers.ts'
import type { Step } from './step.ts'
import { listSteps } from './steps.ts'

export type OnStep = (step: Step, place: { done: number; all: number }) => void

/** Does what is left, step by step; several processes at once do it one after the other. Needs a pool of one connection. */
export function distribute(sql: Sql, onStep: OnStep = () => {}): Promise<void> {
  return alone(sql, async () => {
    await runAll(sql, await listSteps(sql), onStep)
    // Only now is it known of which tables something was left behind.
    await runAll(sql, await stepsOfLeftovers(sql), onStep)
  })
}

async function runAll(sql: Sql, steps: readonly Step[], onStep: OnStep): Promise<void> {
  for (const [done, step] of steps.entries()) {
    onStep(step, { done, all: steps.length })
    await step.run(sql)
  }
}

/** Those steps that would lock rows for as long as they are moved. */
export async function listMoves(sql: Sql): Promise<Step[]> {
  const steps = await listSteps(sql)
  const moves: Step[] = []
  for (const step of steps) if (isOfTables(step) && (await haveRows(sql, step.of))) moves.push(step)
  return moves
}

const isOfTables = ({ kind }: Step) => kind === 'copy' || kind === 'distribute'

async function haveRows(sql: Sql, tables: readonly string[]): Promise<boolean> {
  for (const table of tables)
    if ((await sql`select from ${identifier('market', table)} limit 1`).length > 0) return true
  return false
}

// A number of our own among the advisory locks of the database. What it spares is two processes doing the same step; Citus
// refuses the second one anyway.
const lock = 7_239_041

async function alone<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  await sql`select pg_advisory_lock(${lock})`
  try {
    return await work()
  } finally {
    await sql`select pg_advisory_unlock(${lock})`
  }
}
