import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProvidedContext } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate, startPrivatePostgres } from '#database'
import { connect } from '../../src/database/connect.ts'
import { deskSchema } from '../../src/desk/store/schema.ts'
import { marketSchema } from '../../src/market/store/schema.ts'
import { copyWithOwner } from './copy-with-owner.ts'
import { templateDatabase } from './test-market.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the tests' PostgreSQL; its database is named last. */
    postgres: string
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
  await makeTemplate(server.url('postgres'), server.url(templateDatabase))
  return {
    provided: { postgres: server.url(''), cluster: `${cluster}-unused` },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = connect(adminUrl, { max: 1, name: 'test setup' })
  await admin.unsafe(`create database ${templateDatabase}`)
  await admin.end()
  const template = connect(templateUrl, { max: 1, name: 'test setup' })
  await migrate(template, marketSchema)
  await migrate(template, deskSchema)
  await template.end()
}
