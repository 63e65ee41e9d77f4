import { type PrivatePostgres, startPrivatePostgres } from '#database'
import type { Logger } from '#kit'
import { checkDatabaseUrl } from '../data/check-database-url.ts'
import { findSecret } from '../data/find-secret.ts'
import { say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'

type Place = { dataFolder: string; databaseUrl: string | undefined; isUsed: boolean; log: Logger }
export type DeskDatabase = { url: string; postgres: PrivatePostgres | undefined }

/** The database that was named, or the private one of the data folder, which a market may have made. */
export async function openDeskDatabase(
  { dataFolder, databaseUrl, isUsed, log }: Place,
  texts: Texts,
): Promise<DeskDatabase> {
  const given = checkDatabaseUrl(databaseUrl, texts)
  if (given !== undefined) return { url: given, postgres: undefined }
  const market = await findSecret(dataFolder, texts)
  const postgres = await startPrivatePostgres({ dataDir: dataFolder, say, log, isUsed: isUsed || market.isUsed })
  return { url: postgres.url('postgres'), postgres }
}
