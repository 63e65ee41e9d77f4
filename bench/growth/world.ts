import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BusinessId } from '#contract'
import type { PrivatePostgres } from '#database'
import { connect, type Sql } from '../../src/database/connect.ts'
import { deriveSecrets } from '../../src/market/keys/secrets.ts'
import { hashToken, makeToken } from '../../src/market/keys/token.ts'
import { insertBusiness } from '../../src/market/store/businesses.ts'
import { insertCampaign } from '../../src/market/store/campaigns.ts'
import { insertKey } from '../../src/market/store/keys.ts'
import { answerOf, start, stopped } from '../child.ts'
import { fill, type Size } from './fill.ts'

/** A market process on a database of a size of its own. */
export type World = {
  size: Size
  port: number
  sql: Sql
  token: string
  adminToken: string
  stop(): Promise<void>
}

const businesses = 11
// The same for every run: a database that was kept is used again.
const secret = 'growth'.repeat(8)

export async function makeWorld(server: PrivatePostgres, folder: string, size: Size): Promise<World> {
  const name = `growth_${size.messages}`
  const admin = connect(server.url('postgres'), { max: 1, name: 'growth', isPatient: true })
  const [there] = await admin`select from pg_database where datname = ${name}`
  if (!there) await admin.unsafe(`create database ${name}`)
  await admin.end()
  const files = join(folder, `files-${size.messages}`)
  mkdirSync(files, { recursive: true })
  const market = start('serve-market.ts', [server.url(name), files, secret, 'without log'])
  const { url } = await answerOf<{ url: string }>(market)
  // One connection: what is filled is put together in a temporary table.
  const sql = connect(server.url(name), { max: 1, name: 'growth', isPatient: true })
  const [filled] = await sql`select from market.businesses where business_id = 1`
  if (!filled) {
    await makeBusinesses(sql)
    await fill(sql, size)
  }
  // Nobody sends while it is measured.
  await sql`update market.subscriptions set due_at = now() + interval '50 minutes'`
  const secrets = deriveSecrets(secret)
  const token = makeToken()
  const hash = hashToken(secrets.apiKeys, token)
  await insertKey(sql, {
    businessId: cabinet,
    name: 'reads',
    hash,
    scopes: ['all-methods'],
    max: 1000,
    now: new Date(),
  })
  return {
    ...{ size, sql, token, port: Number(new URL(url).port), adminToken: secrets.adminToken(1) },
    async stop() {
      await sql.end()
      await stopped(market)
    },
  }
}

const cabinet = 1n as BusinessId // a number of ours

async function makeBusinesses(sql: Sql): Promise<void> {
  const now = new Date()
  for (let n = 1; n <= businesses; n++) {
    const businessId = BigInt(n) as BusinessId // likewise
    await insertBusiness(sql, { businessId, name: `Business ${n}`, directMessages: 'all', now })
    await insertCampaign(sql, { campaignId: undefined, businessId, domain: `Shop ${n}`, placementType: 'fbs', now })
  }
  const secrets = deriveSecrets(secret)
  const hash = hashToken(secrets.apiKeys, makeToken())
  await insertKey(sql, { businessId: cabinet, name: 'writes', hash, scopes: ['all-methods'], max: 30, now })
}
