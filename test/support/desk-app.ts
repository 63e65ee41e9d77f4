import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type DeskOptions, type RunningDesk, startDesk } from '#desk'
import { systemClock } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import { cloneDatabase, collectingLog } from './test-market.ts'

export type TestDesk = {
  url: string
  running: RunningDesk
  databaseUrl: string
  /** For looking at what is stored, and for chats that no market has. */
  sql: Sql
  /** Takes what the desk has logged at the level of the tests. A test that leaves errors there fails. */
  takeErrors(): string[]
  ownerLink(): Promise<string>
}

type Options = Partial<Pick<DeskOptions, 'clock' | 'fetch' | 'trickle' | 'sweepEveryMs' | 'proxies'>>

/** A desk of this test file, on a database of its own. Call it in the body of the file. */
export function useDesk(options: Options = {}): TestDesk {
  const used = {} as TestDesk // filled before the first test runs
  let close = async () => {}
  beforeAll(async () => {
    const errors: string[] = []
    const database = await cloneDatabase()
    const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-desk-'))
    const running = await startDesk({
      ...{ host: '127.0.0.1', port: 0, secret: 'a secret of the tests', version: '0.0.0-test', clock: systemClock },
      ...{ databaseUrl: database.url, filesFolder, log: collectingLog(errors), sweepEveryMs: 300, ...options },
    })
    const sql = connect(database.url, { max: 4, name: 'test', isPatient: true })
    const { url, ownerLink } = running
    Object.assign(used, { url, running, sql, databaseUrl: database.url, ownerLink, takeErrors: () => errors.splice(0) })
    close = async () => {
      await running.stop()
      await sql.end()
      await database.drop()
      rmSync(filesFolder, { recursive: true, force: true })
    }
  })
  afterEach(() => {
    expect(used.takeErrors(), 'errors that the desk logged and no test read').toEqual([])
  })
  afterAll(() => close())
  return used
}
