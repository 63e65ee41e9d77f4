import type { Queries } from '../connect.ts'
import { identifier } from '../statement.ts'
import type { Schema } from './schema.ts'
import { namingFile, otherVersion, runStatements, type SqlFile } from './sql-files.ts'

type Applied = { name: string; checksum: string }

/** Applies those that are not recorded. Refuses a database that has one which is unknown here, or differs. */
export async function applyMigrations(transaction: Queries, schema: Schema, files: SqlFile[]): Promise<void> {
  const table = identifier(schema.schema, 'migrations')
  const applied = await transaction<Applied[]>`select name, checksum from ${table}`
  for (const { name, checksum } of retoldOf(applied, schema, files))
    await transaction`update ${table} set checksum = ${checksum} where name = ${name}`
  const done = new Set(applied.map(row => row.name))
  for (const file of files.filter(({ name }) => !done.has(name))) {
    await namingFile(`migrations/${file.name}`, runStatements(transaction, file))
    await transaction`insert into ${table} values (${file.name}, ${file.checksum}, clock_timestamp())`
  }
}

/** The files whose earlier text the database has applied. The row of one that is removed stays as it is. */
function retoldOf(applied: readonly Applied[], { retold = {} }: Schema, files: SqlFile[]): SqlFile[] {
  const known = new Map(files.map(file => [file.name, file]))
  return applied.flatMap(({ name, checksum }) => {
    const file = known.get(name)
    if (file?.checksum === checksum) return []
    if (retold[name] === checksum) return file ?? []
    throw otherVersion(`migration ${name} ${file ? 'differs' : 'is unknown here'}`)
  })
}
