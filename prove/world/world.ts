import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Sql } from '../../src/database/connect.ts'
import { whenOver } from '../../test/support/run-context.ts'
import { startS3, type TestS3 } from '../../test/support/s3.ts'
import type { MarketStart } from '../../test/support/start-test-market.ts'
import { cloneDatabase } from '../../test/support/test-market.ts'
import { History } from '../evidence/history.ts'
import { MarketProcess } from './market-process.ts'
import { makeShop, type Shop } from './shop.ts'

/** A market, its shops and their customers, and what they did and saw. */
export type World = {
  market: MarketProcess
  /** Where clients call; a proof may put something in between. */
  url: string
  sql: Sql
  /** What another process of the same market is started with. */
  place: MarketStart
  /** Where its files are, if they are not in the folder. */
  s3: TestS3 | undefined
  shops: Shop[]
  history: History
}

type Plan = {
  shops: number
  chats: number
  /** False: no subscriptions. */
  isTold?: boolean
  /** By default a database of the run's PostgreSQL. */
  databaseUrl?: string
  /** By default they are in a folder. */
  files?: 's3'
  options?: Partial<MarketStart>
}

export async function makeWorld({ shops: count, chats, isTold = true, files, ...given }: Plan): Promise<World> {
  const s3 = files && (await startS3())
  if (s3) whenOver(() => s3.close())
  const kept = { filesFolder: makeFolder(), filesBucket: s3?.place }
  const place = { databaseUrl: given.databaseUrl ?? (await makeDatabase()), ...kept, ...given.options }
  const market = new MarketProcess(place)
  const sql = connect(place.databaseUrl, { max: 4, name: 'proof' })
  whenOver(() => sql.end())
  await market.start()
  const { url, adminToken } = market
  const shops = []
  for (let made = 0; made < count; made++) shops.push(await makeShop({ url, adminToken, sql }, { chats, isTold }))
  return { place, s3, market, url, sql, shops, history: new History() }
}

async function makeDatabase(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  whenOver(drop)
  return url
}

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-proof-'))
  whenOver(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
