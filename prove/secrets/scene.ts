import { pino } from 'pino'
import type { Logger } from '#kit'
import type { RunningMarket } from '#market'
import { connect, type Sql } from '../../src/database/connect.ts'
import { describeError } from '../../src/kit/describe-error.ts'
import { askAdminFor } from '../../test/support/admin.ts'
import { type Buyer, chatPath, makeBuyer } from '../../test/support/buyer.ts'
import { makeOpenFolder } from '../../test/support/private-postgres.ts'
import { makeScene as makeShop, type Scene as Shop } from '../../test/support/published-calls.ts'
import { makeReceiver } from '../../test/support/receiver.ts'
import { whenOver } from '../../test/support/run-context.ts'
import { cloneDatabase, startTestMarket } from '../../test/support/test-market.ts'

export type Scene = {
  market: RunningMarket
  url: string
  adminToken: string
  sql: Sql
  databaseUrl: string
  log: Logger
  /** Everything that the market has logged, of all levels. */
  lines: string[]
  shop: Shop
  buyer: Buyer
  businessToken: string
  secrets: Record<string, string>
}

export const buyersText = "the buyer's text"

/** A market that logs everything, with a password in its database's URL, and one secret of each kind that it knows. */
export async function makeScene(): Promise<Scene> {
  const database = await cloneDatabase()
  whenOver(database.drop)
  const password = 'canary-database-password'
  const databaseUrl = database.url.replace(/\/\/([^@:/]+)@/, `//$1:${password}@`)
  if (!databaseUrl.includes(password))
    throw new Error('the URL of the database has no user to whom a password could belong')
  const lines: string[] = []
  // As src/kit/log.ts makes it.
  const log = pino(
    { level: 'debug', base: null, serializers: { err: describeError } },
    { write: (line: string) => lines.push(line) },
  )
  const secret = 'canary-server-secret'
  const market = await startTestMarket({ databaseUrl, filesFolder: makeOpenFolder(), log, secret, lab: { seed: 1 } })
  whenOver(() => market.stop())
  const sql = connect(database.url, { max: 2, name: 'proof' })
  whenOver(() => sql.end())
  const at = { url: market.url, adminToken: market.adminToken }
  const shop = await makeShop(at)
  const buyer = await makeBuyer(at, shop.customer.publicId)
  const admin = `/businesses/${shop.businessId}` as const
  const { token: businessToken } = await askAdminFor<{ token: string }>(at, `POST ${admin}/cabinet-tokens`, {
    name: 'CRM',
  })
  const { url } = await makeReceiver()
  const gateway = 'canary-password-of-a-gateway'
  const headers = [{ name: 'Authorization', value: `Bearer ${gateway}` }]
  const wanted = { name: 'CRM', url, types: ['CHAT_MESSAGE_SENT'], headers }
  const made = await askAdminFor<{ secret: string }>(at, `POST ${admin}/subscriptions`, wanted)
  const text = 'canary-words-of-a-buyer'
  await buyer.ask(`POST ${chatPath(shop, shop.chatId)}/messages`, { text })
  const ticket = market.consoleUrl().split('ticket=')[1] ?? ''
  const secrets = {
    ...{ 'the Api-Key': shop.token, 'the admin token': market.adminToken, "the buyer's token": buyer.token },
    ...{ 'the business token': businessToken, 'the signing secret': made.secret, 'the ticket of the console': ticket },
    "the password of a shop's gateway": gateway,
    ...{ "the server's secret": secret, 'the password of the database': password, [buyersText]: text },
  }
  return { market, ...at, sql, databaseUrl, log, lines, shop, buyer, businessToken, secrets }
}
