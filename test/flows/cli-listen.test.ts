import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { answerTimeoutMs, type BusinessId, type ChatId, notificationTypeOf } from '#contract'
import { makeMovableClock, systemClock } from '#kit'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { prilavok, type Running } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { spellAnswer, startRawReceiver } from '../support/raw-receiver.ts'
import { makeReceiver, type Receiver } from '../support/receiver.ts'
import { cloneDatabase, collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'

const clock = makeMovableClock(systemClock)
const market = useMarket({ clock })

const minuteMs = 60_000
const patience = { timeout: 30_000 }
const { message_sent: messageSent, chat_created: chatCreated } = notificationTypeOf

type Subscription = { subscriptionId: number; state: string; types: string[]; url: string; waiting: number }
type Shop = Pick<TestBusiness, 'businessId'>

function listen({ businessId }: Shop, to: Pick<Receiver, 'url'> | undefined, ...args: string[]): Running {
  const place = ['--url', market.url, '--admin-token', market.adminToken, '--business', `${businessId}`]
  const env = { PRILAVOK_DATA: makeOpenFolder() }
  return prilavok(['listen', ...place, ...(to ? ['--forward-to', to.url] : []), ...args], env)
}

/** One that listens already, at the program that it forwards to. */
async function listening(shop: Shop, to: Receiver | undefined, ...args: string[]): Promise<Running> {
  const running = listen(shop, to, ...args)
  await running.linesUntil('PING')
  await expect.poll(async () => (await subscriptionsOf(shop)).at(-1)?.state, patience).toBe('ENABLED')
  return running
}

async function subscriptionsOf({ businessId }: Shop, at: { url: string; adminToken: string } = market) {
  const all = await askAdminFor<{ subscriptions: Subscription[] }>(at, `GET /businesses/${businessId}/subscriptions`)
  return all.subscriptions
}

async function write({ businessId }: { businessId: BusinessId }, chatId: ChatId): Promise<number> {
  const path = `/businesses/${businessId}/chats/${chatId}/customer-messages` as const
  const { message } = await askAdminFor<{ message: { messageId: number } }>(market, `POST ${path}`, { text: 'Вопрос' })
  return message.messageId
}

async function lineWith({ linesUntil }: Running, text: string): Promise<string> {
  return (await linesUntil(text)).find(line => line.includes(text)) ?? ''
}

test('a notification reaches the program as it came, and its answer the market; Ctrl-C unsubscribes, and what was told stays', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const program = await makeReceiver()
  const data = makeOpenFolder()
  const { out: printed } = await prilavok(['listen', '--print-secret', '--data', data]).ended
  const running = await listening(business, program, '--data', data)
  const secret = /whsec_(\S+)/.exec(printed)?.[1] ?? ''

  const messageId = await write(business, chatId)
  const line = await lineWith(running, `message ${messageId}`)
  running.child.kill('SIGINT')
  const { code, out, err } = await running.ended

  const [, arrival] = await program.arrived(2)
  if (!arrival) throw new Error('it has just arrived')
  const { headers, text, body, path } = arrival
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64')
  expect(body).toMatchObject({ notificationType: messageSent, chatId: Number(chatId), messageId: `${messageId}` })
  expect({ path, signature: headers['webhook-signature'] }).toEqual({
    path: '/notification',
    signature: `v1,${signature}`,
  })
  expect(headers).toMatchObject({ 'content-type': expect.stringContaining('json'), traceparent: expect.any(String) })
  expect(line).toMatch(
    new RegExp(`^\\d\\d:\\d\\d:\\d\\d  ${messageSent} +chat ${chatId} +message ${messageId} +→  200 +\\d+ ms$`),
  )
  expect({ code, err, last: out.split('\n').at(-1) }).toEqual({
    code: 0,
    err: '',
    last: '  Stopped: 1 attempt: 1 delivered; unsubscribed.',
  })
  expect(await lineWith(running, 'Secret')).toContain(printed)
  expect(await subscriptionsOf(business)).toMatchObject([{ state: 'DISABLED' }])
  expect(await lastAttempt(business)).toMatchObject({ outcome: 'DELIVERED' })
}, 120_000)

test.each<[answering: Receiver['answering'], status: string, note: string]>([
  ['fail', '500', 'to be tried again'],
  ['refuse', '400', 'refused for good'],
  ['garbage', '200', 'its body lacks version, time'],
  ['redirect', '302', 'redirects are not followed'],
  ['close', '502', 'closed the connection without an answer'],
])('a program that answers with %s is told as %s, and the market hears the same', async (answering, status, note) => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const program = await makeReceiver()
  const running = await listening(business, program)
  program.answering = answering

  const messageId = await write(business, chatId)
  const line = await lineWith(running, `message ${messageId}`)

  expect(line).toMatch(new RegExp(`→  ${status} .*${note}`))
  await expect.poll(() => lastAttempt(business), patience).toMatchObject({ status: Number(status) })
})

async function lastAttempt({ businessId }: Shop) {
  type Delivery = { attempts: { outcome: string; status?: number; failure?: { reason: string } }[] }
  const { deliveries } = await askAdminFor<{ deliveries: Delivery[] }>(
    market,
    `GET /businesses/${businessId}/deliveries`,
  )
  return deliveries[0]?.attempts[0]
}

test('a later attempt is told as a retry', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const program = await makeReceiver()
  const running = await listening(business, program)
  program.answering = 'fail'
  await write(business, chatId)
  await lineWith(running, 'to be tried again')
  await market.running.market.deliverer.settled()
  expect(await lineWith(running, 'gain in')).toMatch(/ {2}Again in \d+ s\.$/)
  program.answering = 'ok'
  clock.advance(2 * minuteMs)

  expect(await lineWith(running, 'retry 1')).toMatch(/→ {2}200 .*retry 1$/)
})

test('a program that hangs is waited for as long as the market waits', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const program = await makeReceiver()
  const running = await listening(business, program)
  program.answering = 'hang'
  await write(business, chatId)
  await program.arrived(2)
  clock.advance(answerTimeoutMs)

  expect(await lineWith(running, 'no answer in time')).toContain('→  ···')
  await expect.poll(() => lastAttempt(business), patience).toMatchObject({ failure: { reason: 'READ_TIMED_OUT' } })
})

test('without a program it answers by itself; only the types that were asked for come', async () => {
  const business = await makeBusiness(market)
  const running = await listening(business, undefined, '--types', chatCreated.toLowerCase())
  const first = await business.makeChat()
  await write(business, first)
  const second = await business.makeChat()
  const line = await lineWith(running, `chat ${second}`)
  running.child.kill('SIGTERM')

  const { out } = await running.ended
  expect(line).toContain(chatCreated)
  expect(out).not.toContain(messageSent)
  expect(out).toContain('2 attempts: 2 delivered')
})

test('a program whose answer is no HTTP is told so, and listening goes on', async () => {
  const business = await makeBusiness(market)
  const program = await startRawReceiver({ respond: socket => socket.end(spellAnswer({ status: '000 X' })) })
  const running = listen(business, program)

  expect(await lineWith(running, '→')).toMatch(/PING +.*→ {2}502 .* does not speak HTTP/)
  running.child.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code: 0, err: '' })
})

test('nothing is sent until the program answers PING; then it is', async () => {
  const business = await makeBusiness(market)
  const program = await makeReceiver('garbage')
  const running = listen(business, program)
  const line = await lineWith(running, 'PING is not answered as it must be')
  const [before] = await subscriptionsOf(business)
  program.answering = 'ok'

  await expect.poll(async () => (await subscriptionsOf(business))[0]?.state, patience).toBe('ENABLED')
  expect(line).toContain('(INVALID_DATA)')
  expect(before?.state).toBe('DISABLED')
})

test("a secret of one's own signs, and one that is none is refused", async () => {
  const own = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
  const printed = await prilavok(['listen', '--secret', own, '--print-secret']).ended
  const refused = await prilavok(['listen', '--secret', 'whsec_short']).ended

  expect(printed).toMatchObject({ code: 0, out: own, err: '' })
  expect(refused).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('It must be whsec_ and 16 to 64 bytes'),
  })
})

test('a program that does not run yet is waited for', async () => {
  const business = await makeBusiness(market)
  // One that was free a moment ago could be another test's by now.
  const running = listen(business, undefined, '--forward-to', 'localhost:1/hook')

  expect(await lineWith(running, 'PING  ')).toMatch(/→ {2}502 .*localhost:1: nothing listens there$/)
  await running.linesUntil('Asking again every 2 s.')
})

test('what a listener has left is taken over by the next, killed or not; one that lives is not', async () => {
  const business = await makeBusiness(market)
  const killed = await listening(business, undefined)
  await listening(business, undefined)
  const [left, alive] = await subscriptionsOf(business)
  killed.child.kill('SIGKILL')
  await killed.ended
  const next = await listening(business, undefined)
  next.child.kill('SIGINT')
  await next.ended
  const last = listen(business, undefined, '--types', chatCreated)
  await last.linesUntil('PING')

  const now = await subscriptionsOf(business)
  expect(now.map(({ subscriptionId }) => subscriptionId)).toEqual([left?.subscriptionId, alive?.subscriptionId])
  expect(now[0]?.url).not.toBe(left?.url)
  expect(now).toMatchObject([{ types: [chatCreated] }, { url: alive?.url }])
})

test('a subscription that is disabled, enabled and deleted elsewhere is told of', async () => {
  const business = await makeBusiness(market)
  const program = await makeReceiver()
  const running = await listening(business, program)
  const chatId = await business.makeChat()
  await lineWith(running, chatCreated)
  program.answering = 'fail'
  for (const _ of [1, 2, 3]) await write(business, chatId)
  await lineWith(running, 'to be tried again')
  const [subscription] = await subscriptionsOf(business)
  const path = `/businesses/${business.businessId}/subscriptions/${subscription?.subscriptionId}` as const

  await market.running.market.deliverer.settled()
  await askAdminFor(market, `POST ${path}/disable`)
  const disabled = await lineWith(running, 'The subscription was disabled')
  program.answering = 'ok'
  await askAdminFor(market, `POST ${path}/enable`)
  await lineWith(running, 'The subscription is enabled again.')
  await askAdminFor(market, `DELETE ${path}`)

  expect(disabled).toContain('3 waiting notifications cancelled')
  expect(await running.ended).toMatchObject({ code: 1, err: expect.stringContaining('The subscription is gone') })
}, 60_000)

test('a market that goes away is looked for, and told when it is back', async () => {
  const { url: databaseUrl, drop } = await cloneDatabase()
  onTestFinished(drop)
  const options = { databaseUrl, filesFolder: makeOpenFolder(), log: collectingLog([]) }
  const first = await startTestMarket(options)
  const shop = await makeBusiness(first)
  const running = prilavok(['listen'], {
    PRILAVOK_URL: first.url,
    PRILAVOK_ADMIN_TOKEN: first.adminToken,
    PRILAVOK_BUSINESS_ID: `${shop.businessId}`,
    PRILAVOK_DATA: makeOpenFolder(),
  })
  await running.linesUntil('PING')
  await first.stop()
  await lineWith(running, 'The market does not answer (ECONNREFUSED)')
  const second = await startTestMarket({ ...options, port: Number(new URL(first.url).port) })
  onTestFinished(() => second.stop())
  await lineWith(running, 'The market is back.')
  const chatId = await shop.makeChat()

  expect(await lineWith(running, `chat ${chatId}`)).toContain(chatCreated)
}, 60_000)

test('a stranger on this machine cannot put words into its mouth', async () => {
  const business = await makeBusiness(market)
  const program = await makeReceiver()
  await listening(business, program)
  const [subscription] = await subscriptionsOf(business)

  const guessed = await ask(new URL('/notification', subscription?.url).href, { method: 'POST', body: '{}' })

  expect(guessed.status).toBe(404)
  expect(program.arrivals).toHaveLength(1)
})
