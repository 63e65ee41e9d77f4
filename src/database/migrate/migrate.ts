import pg from 'pg'
import type { Sql } from '../connect.ts'
import { identifier } from '../statement.ts'
import { applyFunctions } from './apply-functions.ts'
import { applyMigrations } from './apply-migrations.ts'
import type { Schema } from './schema.ts'
import { readSqlFiles } from './sql-files.ts'

/**
 * Brings a schema up to date in one transaction: first its migrations, then its functions. Several processes may try at once.
 * Throws a Problem that names the file PostgreSQL does not take, or says that another version has made the database.
 */
export async function migrate(sql: Sql, schema: Schema): Promise<void> {
  const migrations = await readSqlFiles(new URL('migrations/', schema.folder))
  const functions = await readSqlFiles(new URL('functions/', schema.folder))
  await makeRecords(sql, schema.schema)
  await sql.begin(async transaction => {
    await transaction`lock table ${identifier(schema.schema, 'migrations')} in exclusive mode`
    await applyMigrations(transaction, schema, migrations)
    await applyFunctions(transaction, schema, functions)
  })
}

async function makeRecords(sql: Sql, schema: string): Promise<void> {
  await sql`create schema if not exists ${identifier(schema)}`.catch(ignoreRace)
  await sql`
    create table if not exists ${identifier(schema, 'migrations')} (
      name text primary key, checksum text not null, applied_at timestamptz not null)`.catch(ignoreRace)
  await sql`
    create table if not exists ${identifier(schema, 'functions')} (
      name text primary key, checksum text not null, generation integer not null, applied_at timestamptz not null)`.catch(
    ignoreRace,
  )
}

/** `if not exists` still collides when two sessions create at the same moment: with a row, an object, a schema or a table. */
const collisions = ['23505', '42710', '42P06', '42P07']

function ignoreRace(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || !collisions.includes(error.code ?? '')) throw error
}
