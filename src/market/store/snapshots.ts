import { createHash } from 'node:crypto'
import type { Queries, Sql } from '#database'
import { codeOf } from '#kit'

export type SnapshotRow = {
  name: string
  createdAt: Date
  /** The market's time when it was taken. */
  clock: Date
  rows: bigint
  /** Whether the tables have the form that they had then. */
  isCurrent: boolean
}

/** By name. */
export function listSnapshots(sql: Queries): Promise<SnapshotRow[]> {
  return sql<SnapshotRow[]>`
    select coalesce(title, name) as name, created_at as "createdAt", clock, row_count as rows,
           migrations = (select array_agg(m.name order by m.name) from market.migrations m) as "isCurrent"
      from market.lab_snapshots order by 1`
}

export async function findSnapshot(sql: Queries, name: string): Promise<SnapshotRow | undefined> {
  return (await listSnapshots(sql)).find(snapshot => snapshot.name === name)
}

export async function hasSnapshots(sql: Queries): Promise<boolean> {
  const [row] = await sql<[{ has: boolean }]>`select exists (select from market.lab_snapshots) as has`
  return row.has
}

const digestLength = 32

/** What the schema of a snapshot is called by: its name has up to 63 bytes, so that for some names a digest must stand. */
function keyOf(name: string): string {
  if (/^(?!digest-)[a-z0-9][a-z0-9-]{0,40}$/.test(name)) return name
  return `digest-${createHash('sha256').update(name).digest('hex').slice(0, digestLength)}`
}

/** Copies all tables as they are at one moment. False if there is a snapshot of that name. */
export function takeSnapshot(sql: Sql, name: string, now: Date): Promise<boolean> {
  return sql.begin(async transaction => {
    await transaction.unsafe('set transaction isolation level repeatable read')
    await lockSnapshots(transaction)
    if (await findSnapshot(transaction, name)) return false
    const key = keyOf(name)
    await transaction`select from market.take_snapshot(${key}, ${now}::timestamptz)`
    await transaction`update market.lab_snapshots set title = ${name} where name = ${key}`
    return true
  })
}

/** Longer than any statement holds a table, shorter than the server waits before it looks for rings of locks: we give way. */
const lockPatience = '500ms'
const maxTries = 40

/** False if the tables were in use all the time. */
export async function restoreSnapshot(
  sql: Sql,
  name: string,
  beforeCommit: (restored: Queries) => Promise<void>,
): Promise<boolean> {
  for (let tries = 0; tries < maxTries; tries++) {
    if (await tryRestore(sql, name, beforeCommit)) return true
  }
  return false
}

function tryRestore(sql: Sql, name: string, beforeCommit: (restored: Queries) => Promise<void>): Promise<boolean> {
  return sql
    .begin(async transaction => {
      await transaction.unsafe(`set local lock_timeout = '${lockPatience}'`)
      await lockSnapshots(transaction)
      await transaction`select from market.restore_snapshot(${keyOf(name)})`
      await beforeCommit(transaction)
      return true
    })
    .catch(ignoreLocks)
}

export function dropSnapshot(sql: Sql, name: string): Promise<void> {
  return sql.begin(async transaction => {
    await lockSnapshots(transaction)
    await transaction`select from market.drop_snapshot(${keyOf(name)})`
  })
}

/** Until the end of the transaction nobody else takes, restores or drops one; TRUNCATE is not seen as of a moment. */
async function lockSnapshots(transaction: Queries): Promise<void> {
  await transaction`lock table market.lab_snapshots in exclusive mode`
}

/** lock_not_available, deadlock_detected: others hold the tables. */
function ignoreLocks(error: unknown): false {
  const code = codeOf(error)
  if (code === '55P03' || code === '40P01') return false
  throw error
}
