import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { connect, migrate, type Sql } from '#database'
import { deskSchema, isSealedWith, rotateSecret } from '#desk'
import { makeLog, Problem } from '#kit'
import { findSecret } from '../data/find-secret.ts'
import { refuseFolder } from '../data/refuse-folder.ts'
import { print } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { openDeskDatabase } from './desk-database.ts'
import { adoptNextSecret, findDeskSecret, nextFile } from './desk-secret.ts'

export type RotateFlags = { data: string; databaseUrl?: string }

const minLength = 20

/** Seals every key of the desk with another secret. Refused while a desk runs on the database: it would go on with the old one. */
export async function rotateDeskSecret({ data, databaseUrl }: RotateFlags, texts: Texts): Promise<void> {
  await using owned = new AsyncDisposableStack()
  const dataFolder = resolve(data)
  const refuse = refuseFolder(dataFolder, texts)
  const given = takeGivenSecrets(texts)
  const secret = await findDeskSecret(dataFolder, texts)
  if (!secret.isUsed && given === undefined) throw new Problem(texts.desk.noSecret(data))
  const place = { dataFolder, databaseUrl, isUsed: secret.isUsed, log: await makeLog('warn') }
  const database = await openDeskDatabase(place, texts)
  owned.defer(async () => database.postgres?.stop())
  const sql = connect(database.url, { max: 1, name: 'desk secret', isPatient: true })
  owned.defer(() => sql.end())
  await migrate(sql, deskSchema)
  if (await isAlive(sql)) throw new Problem(texts.desk.stillRuns)
  if (given) {
    await rotateSecret(sql, { from: await secret.require(), to: given })
    return print(texts.desk.rotatedTo)
  }
  const from = await currentSecret(sql, dataFolder, texts)
  // On the disk before the database needs it: a start after a kill finds either.
  const next = await findSecret(dataFolder, texts, nextFile)
  await rotateSecret(sql, { from, to: await next.require() })
  await adoptNextSecret(dataFolder).catch(refuse)
  print(texts.desk.rotated)
}

/** A desk has a row as long as it lives, and takes it away when it stops. */
async function isAlive(sql: Sql): Promise<boolean> {
  const alive = await sql`select from desk.processes where desk.is_ahead(expires_at)`
  return alive.length > 0
}

/** What a rotation that was cut short has left is the secret if the database has it, and is of no use if it has not. */
async function currentSecret(sql: Sql, dataFolder: string, texts: Texts): Promise<string> {
  const left = await findSecret(dataFolder, texts, nextFile)
  if (left.isUsed && (await isSealedWith(sql, await left.require()))) await adoptNextSecret(dataFolder)
  await rm(join(dataFolder, nextFile), { force: true })
  const secret = await findDeskSecret(dataFolder, texts)
  return secret.require()
}

/** Where the secret is a variable, the next one is one too. */
function takeGivenSecrets({ desk, serve }: Texts): string | undefined {
  if (!process.env['PRILAVOK_SECRET']) return undefined
  const next = process.env['PRILAVOK_NEW_SECRET']
  if (!next) throw new Problem(desk.needsNewSecret)
  if (next.length < minLength) throw new Problem(serve.shortSecret(minLength))
  return next
}
