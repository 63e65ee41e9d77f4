import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { Problem } from '#kit'
import type { Queries } from '../connect.ts'
import { isDatabaseAway } from '../errors.ts'

export type SqlFile = { name: string; text: string; checksum: string }

/** In the order of their names. */
export async function readSqlFiles(folder: URL): Promise<SqlFile[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** One statement is one query; lines of three dashes stand between them. */
export async function runStatements(transaction: Queries, { text }: SqlFile): Promise<void> {
  for (const statement of text.split(/^---$/m)) await transaction.unsafe(statement)
}

/** What PostgreSQL says against a file names the file. */
export async function namingFile(file: string, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || isDatabaseAway(error)) throw error
    throw new Problem(`${file} cannot be applied to the database: ${error.message}.`, {
      cause: error,
      kind: 'sqlRefused',
      facts: { file, why: error.message },
    })
  }
}

export function otherVersion(why: string): Problem {
  return new Problem(
    `The database was made by another version of Prilavok (${why}): use that version, or another database.`,
    { kind: 'otherVersion', facts: { why } },
  )
}
