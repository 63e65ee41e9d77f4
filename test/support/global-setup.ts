import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProvidedContext } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate, startPrivatePostgres } from '#database'
import { connect } from '../../src/database/connect.ts'
import { deskSchema } from '../../src/desk/store/schema.ts'
import { distribute } from '../../src/market/store/distribution/distribute.ts'
import { marketSchema } from '../../src/market/store/schema.ts'
import { closeTemplate, dropDatabase, findNodes, joinNodes, type Nodes, onServer } from './citus-nodes.ts'
import { copyWithOwner } from './copy-with-owner.ts'
import { templateDatabase } from './test-market.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the tests' PostgreSQL; its database is named last. */
    postgres: string
    /** The servers on which a database is made: that one, or all nodes of a cluster, the coordinator first. */
    nodes: string[]
    /** The files of a PostgreSQL that has never been used. */
    cluster: string
  }
}

// Nothing here outlives the run. Tests of what survives a crash start a PostgreSQL of their own.
const quickSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

/** For Vitest, which calls what it returns when the run is over. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { provided, stop } = await startShared()
  project.provide('postgres', provided.postgres)
  project.provide('nodes', provided.nodes)
  project.provide('cluster', provided.cluster)
  return stop
}

/** What a run is given that is one of many: then nothing is started. */
export const sharedVariable = 'PRILAVOK_PROVE_SHARED'

/**
 * One private PostgreSQL for the whole run, with a template that each test file's database is cloned from, and a copy of its
 * files as they were first.
 */
export async function startShared(): Promise<{ provided: ProvidedContext; stop(): Promise<void> }> {
  const given = process.env[sharedVariable]
  if (given) return { provided: JSON.parse(given), stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-test-'))
  chmodSync(folder, 0o755)
  const start = () =>
    startPrivatePostgres({ dataDir: folder, say: () => {}, settings: quickSettings, isTemporary: true })
  await (await start()).stop()
  const cluster = join(folder, 'cluster')
  copyWithOwner(cluster, `${cluster}-unused`)
  const server = await start()
  const nodes = await findNodes(server.url(''))
  await makeTemplate(nodes)
  return {
    provided: { postgres: nodes[0], nodes, cluster: `${cluster}-unused` },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeTemplate(nodes: Nodes): Promise<void> {
  // A cluster stays, with what an earlier run has left on it.
  if (nodes.length > 1) for (const node of nodes) await dropDatabase(node, templateDatabase)
  for (const node of nodes) await onServer(node, admin => admin.unsafe(`create database ${templateDatabase}`))
  await joinNodes(nodes, templateDatabase)
  const template = connect(`${nodes[0]}${templateDatabase}`, { max: 1, name: 'test setup' })
  await migrate(template, marketSchema)
  await migrate(template, deskSchema)
  if (nodes.length > 1) await distribute(template)
  await template.end()
  await closeTemplate(nodes, templateDatabase)
}
