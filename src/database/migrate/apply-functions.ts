import pg from 'pg'
import type { Queries } from '../connect.ts'
import { identifier } from '../statement.ts'
import type { Schema } from './schema.ts'
import { namingFile, otherVersion, runStatements, type SqlFile } from './sql-files.ts'

type Applied = { name: string; checksum: string; generation: number }

/** Applies the files whose checksum is not the recorded one. Refuses a database whose functions a later program has written. */
export async function applyFunctions(transaction: Queries, schema: Schema, files: SqlFile[]): Promise<void> {
  const table = identifier(schema.schema, 'functions')
  const applied = await transaction<Applied[]>`select name, checksum, generation from ${table}`
  const changed = changedFiles(applied, schema, files)
  for (const file of changed) {
    await namingFile(`functions/${file.name}`, replaceFunctions(transaction, schema, file))
    await transaction`
      insert into ${table} values (${file.name}, ${file.checksum}, ${schema.generation}, clock_timestamp())
      on conflict (name) do update
         set checksum = excluded.checksum, generation = excluded.generation, applied_at = excluded.applied_at`
  }
  await transaction`delete from ${table} where name <> all(${files.map(file => file.name)}::text[])`
}

function changedFiles(applied: readonly Applied[], { generation }: Schema, files: SqlFile[]): SqlFile[] {
  const ours = new Set(files.map(({ name, checksum }) => `${name} ${checksum}`))
  const theirs = new Set(applied.map(({ name, checksum }) => `${name} ${checksum}`))
  const later = applied.find(row => row.generation > generation && !ours.has(`${row.name} ${row.checksum}`))
  if (later) throw otherVersion(`function ${later.name} is a later one`)
  return files.filter(({ name, checksum }) => !theirs.has(`${name} ${checksum}`))
}

/** In place where PostgreSQL allows it, so that running calls go on. Of functions with other parameters or results only the new ones stay. */
async function replaceFunctions(transaction: Queries, { schema }: Schema, file: SqlFile): Promise<void> {
  const names = Array.from(file.text.matchAll(/^create or replace function (?:\w+\.)?(\w+)/gm), ([, name]) => name)
  const list = () => listFunctions(transaction, schema, names)
  const before = await list()
  await transaction.unsafe('savepoint replacing')
  try {
    await runStatements(transaction, file)
  } catch (error) {
    if (!isOtherResult(error)) throw error
    await transaction.unsafe('rollback to savepoint replacing')
    await dropFunctions(transaction, before)
    await runStatements(transaction, file)
  }
  const untouched = new Set((await list()).map(({ version }) => version))
  await dropFunctions(
    transaction,
    before.filter(({ version }) => untouched.has(version)),
  )
}

type Version = { signature: string; version: string }

/** All forms of some functions; `version` is another after every change. */
function listFunctions(transaction: Queries, schema: string, names: unknown[]): Promise<Version[]> {
  return transaction<Version[]>`
    select oid::regprocedure::text as signature, concat(oid, ' ', xmin, ' ', cmin) as version from pg_proc
     where pronamespace = ${schema}::text::regnamespace and proname = any(${names}::text[])`
}

async function dropFunctions(transaction: Queries, functions: Version[]): Promise<void> {
  for (const { signature } of functions) await transaction.unsafe(`drop function ${signature}`)
}

/** invalid_function_definition: "cannot change return type of existing function", or a parameter's name. */
function isOtherResult(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '42P13'
}
