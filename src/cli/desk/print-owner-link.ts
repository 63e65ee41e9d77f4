import { resolve } from 'node:path'
import { connect, migrate } from '#database'
import { deskSchema, makeOwnerLink } from '#desk'
import { makeLog, systemClock } from '#kit'
import { print, printJson } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { openDeskDatabase } from './desk-database.ts'
import { findDeskSecret } from './desk-secret.ts'
import type { DeskFlags } from './serve-desk.ts'

export type LinkFlags = Pick<DeskFlags, 'data' | 'databaseUrl' | 'port' | 'publicUrl' | 'json'>

/** Prints a link that signs the owner in once. A desk may run meanwhile, if its database was named. */
export async function printOwnerLink(flags: LinkFlags, texts: Texts): Promise<void> {
  await using owned = new AsyncDisposableStack()
  const dataFolder = resolve(flags.data)
  const { databaseUrl, publicUrl = `http://127.0.0.1:${flags.port}` } = flags
  const { isUsed } = await findDeskSecret(dataFolder, texts)
  const database = await openDeskDatabase({ dataFolder, databaseUrl, isUsed, log: await makeLog('warn') }, texts)
  owned.defer(async () => database.postgres?.stop())
  const sql = connect(database.url, { max: 1, name: 'desk link' })
  owned.defer(() => sql.end())
  await migrate(sql, deskSchema)
  const link = await makeOwnerLink({ sql, clock: systemClock, publicUrl: () => publicUrl }, texts.desk.owner)
  if (flags.json) printJson({ link })
  else print(link)
}
