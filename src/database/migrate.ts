import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Problem } from '#kit'
import type { Sql } from './connect.ts'

const folder = new URL('../market/store/migrations/', import.meta.url)

type Migration = { name: string; statements: string[]; checksum: string }

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, statements: text.split(/^---$/m), checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Brings the schema up to date; several processes may try at once. One statement is one query. */
export async function migrate(sql: Sql): Promise<void> {
  const migrations = await readMigrations()
  await sql`create schema if not exists market`.catch(ignoreRace)
  await sql`create table if not exists market.migrations (name text primary key, checksum text not null, applied_at timestamptz not null)`.catch(
    ignoreRace,
  )
  await sql.begin(async transaction => {
    await transaction`lock table market.migrations in exclusive mode`
    const applied = await transaction<
      { name: string; checksum: string }[]
    >`select name, checksum from market.migrations`
    checkHistory(migrations, applied)
    for (const migration of migrations.slice(applied.length)) {
      for (const statement of migration.statements) await transaction.unsafe(statement)
      await transaction`insert into market.migrations values (${migration.name}, ${migration.checksum}, clock_timestamp())`
    }
  })
}

function checkHistory(migrations: Migration[], applied: readonly { name: string; checksum: string }[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const { name, checksum } of applied) {
    if (known.get(name) === checksum) continue
    throw new Problem(
      `The database was made by another version of Prilavok (migration ${name} ${known.has(name) ? 'differs' : 'is unknown here'}): use that version, or another database.`,
    )
  }
}

/** `if not exists` still collides when two sessions create at the same moment. */
function ignoreRace(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== '23505' && code !== '42P06' && code !== '42P07') throw error
}
