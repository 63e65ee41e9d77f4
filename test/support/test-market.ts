import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { MarketOptions, RunningMarket, S3Place } from '#market'
import { connect, type Sql } from '../../src/database/connect.ts'
import { findLayout, type Layout } from '../../src/market/store/layout.ts'
import { dropDatabase, onServer } from './citus-nodes.ts'
import { provided } from './run-context.ts'
import { startS3, type TestS3 } from './s3.ts'
import { collectingLog, startTestMarket } from './start-test-market.ts'

export { collectingLog, startTestMarket }

export const templateDatabase = 'prilavok_template'

export type TestMarket = {
  url: string
  adminToken: string
  databaseUrl: string
  layout: Layout
  filesFolder: string
  /** Where its files are, if they are not in the folder. */
  s3: TestS3 | undefined
  filesBucket: S3Place | undefined
  running: RunningMarket
  /** For looking at what is stored; never to change what the server could be asked to change. */
  sql: Sql
  /** Takes the errors that the server has logged. A test that leaves some there fails. */
  takeErrors(): string[]
}

type Options = Partial<
  Pick<
    MarketOptions,
    'isHourlyLifted' | 'maxParallel' | 'clock' | 'arePrivateWebhooksAllowed' | 'lab' | 'stalledAfterMs' | 'metricsPort'
  >
> & { store?: FileStoreKind }

export const fileStoreKinds = ['folder', 's3'] as const
type FileStoreKind = (typeof fileStoreKinds)[number]

/** A market of this test file, on a database of its own. Call it in the body of the file. */
export function useMarket(options: Options = {}): TestMarket {
  const used = {} as TestMarket // filled before the first test runs
  let close = async () => {}
  beforeAll(async () => {
    const opened = await openMarket(options)
    Object.assign(used, opened.market)
    close = opened.close
  })
  afterEach(() => {
    expect(used.takeErrors(), 'errors that the server logged and no test read').toEqual([])
  })
  afterAll(() => close())
  return used
}

/** The same for whoever closes it by himself. */
export async function openMarket({
  store,
  ...options
}: Options = {}): Promise<{ market: TestMarket; close(): Promise<void> }> {
  const errors: string[] = []
  const database = await cloneDatabase()
  const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-files-'))
  const log = collectingLog(errors)
  const s3 = store === 's3' ? await startS3() : undefined
  const place = { databaseUrl: database.url, filesFolder, filesBucket: s3?.place }
  const running = await startTestMarket({ ...place, log, ...options })
  // A test may hold a lock for as long as a slow machine needs.
  const sql = connect(database.url, { max: 4, name: 'test', isPatient: true })
  const layout = await findLayout(sql)
  const { url, adminToken } = running
  return {
    market: { url, adminToken, ...place, layout, s3, running, sql, takeErrors: () => errors.splice(0) },
    async close() {
      await running.stop()
      await sql.end()
      await database.drop()
      await s3?.close()
      rmSync(filesFolder, { recursive: true, force: true })
    },
  }
}

/** On a cluster: on each of its nodes. */
export async function cloneDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const nodes = provided('nodes')
  // Copying the files takes a third of what writing them to the log takes where nothing is flushed to the disk.
  const create = `create database ${name} template ${templateDatabase} strategy file_copy`
  await Promise.all(nodes.map(node => onServer(node, admin => admin.unsafe(create))))
  const drop = async () => {
    await Promise.all(nodes.map(node => dropDatabase(node, name)))
  }
  return { url: `${provided('postgres')}${name}`, drop }
}
