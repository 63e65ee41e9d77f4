import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import type { MarketOptions, RunningMarket } from '#market'
import { connect, type Sql } from '../../src/database/connect.ts'
import { collectingLog, startTestMarket } from './start-test-market.ts'

export { collectingLog, startTestMarket }

export const templateDatabase = 'prilavok_template'

export type TestMarket = {
  url: string
  adminToken: string
  databaseUrl: string
  filesFolder: string
  running: RunningMarket
  /** For looking at what is stored; never to change what the server could be asked to change. */
  sql: Sql
  /** Takes the errors that the server has logged. A test that leaves some there fails. */
  takeErrors(): string[]
}

type Options = Partial<
  Pick<MarketOptions, 'isHourlyLifted' | 'maxParallel' | 'clock' | 'arePrivateWebhooksAllowed' | 'lab'>
>

/** A market of this test file, on a database of its own. Call it in the body of the file. */
export function useMarket(options: Options = {}): TestMarket {
  const used = {} as TestMarket // filled before the first test runs
  const errors: string[] = []
  const closers: (() => unknown)[] = []
  beforeAll(async () => {
    const database = await cloneDatabase()
    const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-files-'))
    const running = await startTestMarket({
      databaseUrl: database.url,
      filesFolder,
      log: collectingLog(errors),
      ...options,
    })
    const sql = connect(database.url, { max: 4, name: 'test' })
    closers.push(
      () => running.stop(),
      () => sql.end(),
      database.drop,
      () => rmSync(filesFolder, { recursive: true, force: true }),
    )
    const { url, adminToken } = running
    Object.assign(used, {
      url,
      adminToken,
      databaseUrl: database.url,
      filesFolder,
      running,
      sql,
      takeErrors: () => errors.splice(0),
    })
  })
  afterEach(() => {
    expect(errors.splice(0), 'errors that the server logged and no test read').toEqual([])
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })
  return used
}

export async function cloneDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = inject('postgres')
  const admin = connect(`${server}postgres`, { max: 1, name: 'test setup' })
  // Copying the files takes a third of what writing them to the log takes where nothing is flushed to the disk.
  await admin.unsafe(`create database ${name} template ${templateDatabase} strategy file_copy`)
  const drop = async () => {
    await admin.unsafe(`drop database ${name} with (force)`)
    await admin.end()
  }
  return { url: `${server}${name}`, drop }
}
