import { dateTime, idOf, type Static, Type } from '#contract'
import type { Queries, Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, HttpProblem, problems } from '#serving'
import { createdAt, usual } from '../../admin/access/parameters.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import type { Layout } from '../../store/layout.ts'
import {
  dropSnapshot,
  findSnapshot,
  listSnapshots as listRows,
  restoreSnapshot as restoreRows,
  type SnapshotRow,
  takeSnapshot as takeRows,
} from '../../store/snapshots.ts'
import type { LabBuyers } from '../buyers/buyers.ts'
import type { Lab } from '../lab.ts'

const tag = 'snapshots'
const maxSnapshots = 20
// Of any script. It is a part of a path: neither a dot alone nor a slash.
const namePattern = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]{0,39}[\p{L}\p{M}\p{N}])?$/u

const Snapshot = Type.Object(
  {
    name: Type.String({ description: 'What it is called.' }),
    createdAt,
    clock: dateTime("The market's time when it was made, UTC."),
    rows: idOf<bigint>('How many rows it holds.', {}),
  },
  { title: 'Snapshot' },
)

const OfSnapshot = Type.Object({
  name: Type.String({
    description:
      'Up to 41 letters of any script, digits, spaces, dots, hyphens and underscores; it begins and ends with a letter or a digit.',
  }),
})

const view = ({ name, createdAt, clock, rows }: SnapshotRow): Static<typeof Snapshot> => ({
  name,
  createdAt: createdAt.toISOString(),
  clock: clock.toISOString(),
  rows,
})

function checkName(name: string): void {
  if (!namePattern.test(name))
    throw problems.misfit(
      'name',
      'must be 1 to 41 letters, digits, spaces, dots, hyphens and underscores, and begin and end with a letter or a digit',
    )
}

async function requireSnapshot(sql: Sql, name: string): Promise<SnapshotRow> {
  checkName(name)
  const snapshot = await findSnapshot(sql, name)
  if (!snapshot) throw problems.notFound(`There is no snapshot ${name}: list them first.`)
  return snapshot
}

export const listSnapshots = defineEndpoint(
  defineOwnOperation({
    name: 'listSnapshots',
    verb: 'GET',
    path: '/lab/v1/snapshots',
    tag,
    summary: 'List the snapshots',
    description: 'By name.',
    response: Type.Object({ snapshots: Type.Array(Snapshot) }),
    refusals: usual,
  }),
  async ({ sql }: { sql: Sql }) => ({ snapshots: (await listRows(sql)).map(view) }),
)

export const takeSnapshot = defineEndpoint(
  defineOwnOperation({
    name: 'takeSnapshot',
    verb: 'POST',
    path: '/lab/v1/snapshots/{name}',
    tag,
    summary: 'Take a snapshot',
    description: `Keeps everything in the database as it is at one moment, the clock included. Files stay on disk as long as there is a snapshot. At most ${maxSnapshots}.`,
    params: OfSnapshot,
    response: Type.Object({ snapshot: Snapshot }),
    status: 201,
    refusals: [...usual, 409],
  }),
  ({ lab, sql, layout, clock }: { lab: Lab; sql: Sql; layout: Layout; clock: Clock }, { params: { name } }) => {
    checkName(name)
    if (layout.isDistributed)
      throw problems.conflict('A distributed database has no snapshots: take them on a market with one PostgreSQL.')
    return lab.exclusive.run('taking a snapshot', async () => {
      if ((await listRows(sql)).length >= maxSnapshots)
        throw problems.conflict(`There are ${maxSnapshots} snapshots already: delete one first.`)
      const isTaken = await lab.patiently(patient => takeRows(patient, name, clock.now()))
      if (!isTaken)
        throw problems.conflict(`There is a snapshot ${name} already: delete it first, or take another name.`)
      lab.changed()
      return { snapshot: view(await requireSnapshot(sql, name)) }
    })
  },
)

export const restoreSnapshot = defineEndpoint(
  defineOwnOperation({
    name: 'restoreSnapshot',
    verb: 'POST',
    path: '/lab/v1/snapshots/{name}/restore',
    tag,
    summary: 'Restore a snapshot',
    description:
      'Everything is as it was, the clock included; what came after is gone. Ids go on from where they are. Requests wait meanwhile.',
    params: OfSnapshot,
    response: Type.Object({ snapshot: Snapshot }),
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, ...others }: { sql: Sql } & CacheNeeds, { params: { name } }) => {
    const { lab } = others
    const snapshot = await requireSnapshot(sql, name)
    if (!snapshot.isCurrent)
      throw problems.conflict(`Snapshot ${name} was made by another version of Prilavok: take a new one.`)
    return lab.exclusive.run('restoring a snapshot', async () => {
      // Before anybody sees the rows: by the old time, what they plan for later would be due at once.
      const turnBack = (restored: Queries) => lab.readTime(restored)
      const isRestored = await lab
        .patiently(patient => restoreRows(patient, name, turnBack))
        .finally(() => lab.readTime())
      if (!isRestored) throw new HttpProblem(503, 'The database was in use all the time: try again when less happens.')
      await dropCaches(others)
      return { snapshot: view(snapshot) }
    })
  },
)

type CacheNeeds = { lab: Lab; labBuyers: LabBuyers; keyring: Keyring }

/** For all who hold rows in memory. The deliverer needs no hint: it reads the database every two seconds. */
async function dropCaches({ lab, labBuyers, keyring }: CacheNeeds): Promise<void> {
  keyring.changed()
  await labBuyers.reload()
  lab.changed()
}

export const deleteSnapshot = defineEndpoint(
  defineOwnOperation({
    name: 'deleteSnapshot',
    verb: 'DELETE',
    path: '/lab/v1/snapshots/{name}',
    tag,
    summary: 'Delete a snapshot',
    description: 'What it holds is gone.',
    params: OfSnapshot,
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404, 409],
  }),
  async ({ lab, sql }: { lab: Lab; sql: Sql }, { params: { name } }) => {
    await requireSnapshot(sql, name)
    await lab.exclusive.run('deleting a snapshot', () => lab.patiently(patient => dropSnapshot(patient, name)))
    lab.changed()
    return undefined
  },
)
