import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { headers as names, operations } from '#contract'
import { describeError } from '../../src/kit/describe-error.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { ask, type Reply } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeReceiver } from '../support/receiver.ts'
import { cloneDatabase, startTestMarket } from '../support/test-market.ts'

type Line = { level: number; msg: string; traceId?: string; operation?: string; status?: number; route?: string }

/** A market that logs at a level into a list, as src/kit/log.ts makes it. */
async function startLogging(level: 'debug' | 'warn') {
  const { url: databaseUrl, drop } = await cloneDatabase()
  onTestFinished(drop)
  const lines: string[] = []
  const log = pino(
    { level, base: null, serializers: { err: describeError } },
    { write: (line: string) => lines.push(line) },
  )
  const running = await startTestMarket({
    databaseUrl,
    filesFolder: makeOpenFolder(),
    log,
    secret: 'canary-server-secret',
  })
  onTestFinished(() => running.stop())
  const parsed = () => lines.map(line => JSON.parse(line) as Line) // pino's lines
  return { at: { url: running.url, adminToken: running.adminToken }, running, lines, parsed, log }
}

const traceOf = ({ headers }: Reply) => headers.get(names.traceparent)?.slice(3, 35)

test('each request has a line with the trace of its answer, and no line of a whole conversation has a secret or a word of it', async () => {
  const { at, running, lines, parsed } = await startLogging('debug')
  const { url: receiver } = await makeReceiver()
  const business = await makeBusiness(at)
  const buyer = await makeBuyer(at, business.customer.publicId)
  const admin = `/businesses/${business.businessId}` as const
  const { token: businessToken } = await askAdminFor<{ token: string }>(at, `POST ${admin}/cabinet-tokens`, {
    name: 'CRM',
  })
  const wanted = { name: 'CRM', url: `${receiver}?key=canary-in-a-query`, types: ['CHAT_MESSAGE_SENT'] }
  const { secret: signing } = await askAdminFor<{ secret: string }>(at, `POST ${admin}/subscriptions`, wanted)
  const chat = await openOrderChat(buyer, business, await business.makeOrder())
  await buyer.ask(`POST ${chat}/messages`, { text: 'canary-words-of-a-buyer' })
  const path = operations.sendMessageToChat.path.replace('{businessId}', `${business.businessId}`)
  const sent = await ask(`${at.url}${path}?chatId=${chat.split('/').at(-1)}`, {
    ...{ method: 'POST', json: { message: 'canary-words-of-a-shop' } },
    headers: { 'api-key': business.token, 'idempotency-key': 'canary-idempotency-key' },
  })
  const refused = await ask(`${at.url}${operations.getCampaigns.path}`, {
    headers: { 'api-key': `${business.token}x` },
  })
  const ticket = running.consoleUrl().split('ticket=')[1] ?? ''
  const session = await ask(`${at.url}/console/session`, { method: 'POST', json: { ticket } })
  await askAdminFor(at, 'DELETE /tokens/admin')

  const secrets = [
    ...['canary', business.token, buyer.token, businessToken, signing, ticket, at.adminToken, running.adminToken],
    ...[session.headers.get('set-cookie')?.split(/[=;]/)[1] ?? 'no cookie', 'api-key', 'authorization', 'Bearer'],
  ]
  const found = secrets.filter(secret => lines.some(line => line.toLowerCase().includes(secret.toLowerCase())))
  const lineOf = (reply: Reply) => parsed().find(({ traceId }) => traceId === traceOf(reply))
  expect(secrets.every(secret => secret.length > 5)).toBe(true)
  expect(found).toEqual([])
  expect(lineOf(sent)).toMatchObject({ operation: 'sendMessageToChat', method: 'POST', status: 200, level: 30 })
  expect(lineOf(refused)).toMatchObject({ operation: 'getCampaigns', status: 401 })
  expect(parsed().filter(({ msg }) => msg === 'a request was answered').length).toBeGreaterThan(10)
})

test('what fails is logged with the trace that its caller was told, at the level that is the default', async () => {
  const { at, running, parsed } = await startLogging('warn')
  const { sql } = running.market
  await sql.unsafe('alter table market.campaigns rename to campaigns_elsewhere')
  const business = await askAdminFor<{ business: { businessId: number } }>(at, 'POST /businesses', { name: 'Shop' })

  const failed = await ask(`${at.url}/admin/v1/businesses/${business.business.businessId}/campaigns`, {
    headers: { authorization: `Bearer ${at.adminToken}` },
  })

  expect(failed.status).toBe(500)
  expect(parsed()).toEqual([
    expect.objectContaining({
      level: 50,
      msg: 'a request failed',
      traceId: traceOf(failed),
      route: expect.any(String),
    }),
  ])
})
