import { connect, inspectServer, type ServerFacts, type Sql } from '#database'
import type { Clock } from '#kit'
import { deriveSecrets } from './keys/secrets.ts'
import { connectionsOfProcess } from './pools.ts'
import { findSetting } from './store/directory/settings.ts'
import { distributed, hasCitus, plain } from './store/layout.ts'

/** What a market's database is, before a market is started on it. */
export type DatabaseFacts = ServerFacts & {
  /** How many connections one market process makes at the most. */
  connectionsOfProcess: number
  /** Whether a market has used it with another secret than the one given. */
  isOthers: boolean
}

type Inspected = { databaseUrl: string; secret: string | undefined; clock: Clock }

/** Changes nothing. Rejects if the database is away. */
export async function inspectDatabase({ databaseUrl, secret, clock }: Inspected): Promise<DatabaseFacts> {
  const sql = connect(databaseUrl, { max: 1, name: 'check' })
  try {
    const facts = await inspectServer(sql, clock)
    const ofProcess = connectionsOfProcess((await hasCitus(sql)) ? distributed : plain)
    return { ...facts, connectionsOfProcess: ofProcess, isOthers: await isOthers(sql, secret) }
  } finally {
    await sql.end()
  }
}

async function isOthers(sql: Sql, secret: string | undefined): Promise<boolean> {
  const [row] = await sql<{ isThere: boolean }[]>`select to_regclass('market.settings') is not null as "isThere"`
  const kept = row?.isThere ? await findSetting(sql, 'secret fingerprint') : undefined
  return kept !== undefined && (secret === undefined || deriveSecrets(secret).fingerprint !== kept)
}
