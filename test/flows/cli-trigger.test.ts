import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { chatStatuses } from '#contract'
import { overridable } from '../../src/cli/trigger/overrides.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Ended, prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase, useMarket } from '../support/test-market.ts'

const market = useMarket()

async function cloned(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return url
}

type Told = { event: string; chatId: number; isNewChat: boolean; messageId?: number; type: string; status: string }
type Message = { sender: string; kind: string; text?: string; file?: { name: string; size: number } }

const [, , forShop, forArbiter, , finished] = chatStatuses

function trigger({ businessId }: Pick<TestBusiness, 'businessId'>, ...args: string[]): Promise<Ended> {
  const { url, adminToken } = market
  const place = { PRILAVOK_URL: `${url}/`, PRILAVOK_DATA: makeOpenFolder() }
  const env = { ...place, PRILAVOK_ADMIN_TOKEN: adminToken, PRILAVOK_BUSINESS_ID: `${businessId}` }
  return prilavok(['trigger', ...args], env).ended
}

async function triggerFor(business: TestBusiness, ...args: string[]): Promise<Told> {
  const { out, err } = await trigger(business, ...args, '--json')
  if (err !== '') throw new Error(err)
  return JSON.parse(out) as Told // the documented object
}

async function readMessages({ businessId }: TestBusiness, chatId: bigint | number): Promise<Message[]> {
  const path = `/businesses/${businessId}/chats/${chatId}/messages` as const
  return (await askAdminFor<{ messages: Message[] }>(market, `GET ${path}`)).messages
}

async function writeAsCustomer({ businessId }: TestBusiness, chatId: bigint): Promise<void> {
  await askAdminFor(market, `POST /businesses/${businessId}/chats/${chatId}/customer-messages`, { text: 'Вопрос' })
}

type Body = { content: Record<string, { schema: { properties?: object } }> }
type OpenApi = { paths: Record<string, Record<string, { requestBody?: Body }>> }

test.each<[event: string, sender: string, kind: string]>([
  ['message.customer', 'CUSTOMER', 'text'],
  ['message.support', 'SUPPORT', 'text'],
  ['message.market', 'MARKET', 'text'],
  ['sticker.customer', 'CUSTOMER', 'sticker'],
  ['file.customer', 'CUSTOMER', 'file'],
  ['dispute.started', 'CUSTOMER', 'text'],
])('%s is written by %s as a %s, in the chat with the newest message', async (event, sender, kind) => {
  const business = await makeBusiness(market)
  const [newest, other] = [await business.makeChat(), await business.makeChat()]
  await writeAsCustomer(business, other)
  await writeAsCustomer(business, newest)

  const told = await triggerFor(business, event)

  const last = (await readMessages(business, newest)).at(-1)
  expect(told).toMatchObject({ event, chatId: Number(newest), isNewChat: false, messageId: expect.any(Number) })
  expect(last).toMatchObject({ sender, kind })
})

test('in a business without chats one is made, with all that has to come before', async () => {
  const business = await makeBusiness(market)

  const ended = await triggerFor(business, 'dispute.finished')
  const written = await triggerFor(business, 'message.customer')

  expect(ended).toMatchObject({ isNewChat: true, type: 'ARBITRAGE', status: finished })
  expect(ended).not.toHaveProperty('messageId')
  expect(written).toMatchObject({ isNewChat: false, chatId: ended.chatId, type: 'CHAT', status: forShop })
})

test('a dispute is opened where there is none yet, and finished where there is one', async () => {
  const business = await makeBusiness(market)
  const chatIds = [await business.makeChat(), await business.makeChat()]

  const first = await triggerFor(business, 'dispute.started')
  const second = await triggerFor(business, 'dispute.started')
  const end = await triggerFor(business, 'dispute.finished', '--chat', `${first.chatId}`)

  expect([first, second].map(({ chatId }) => BigInt(chatId)).sort()).toEqual(chatIds.sort())
  expect(second).toMatchObject({ isNewChat: false, status: forArbiter })
  expect(end).toMatchObject({ chatId: first.chatId, status: finished })
})

test('a test chat is passed over, for no customer answers there', async () => {
  const business = await makeBusiness(market)
  const admin = `/businesses/${business.businessId}` as const
  const { campaignId } = business
  const made = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${admin}/test-orders`, { campaignId })
  const path = `${admin}/test-orders/${made.order.orderId}/chat` as const
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${path}`)

  const told = await triggerFor(business, 'message.customer')
  const refused = await trigger(business, 'message.customer', '--chat', `${chatId}`)

  expect(told).toMatchObject({ isNewChat: true })
  expect(told.chatId).not.toBe(chatId)
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^prilavok: .*no customer answers/) })
})

test('a direct chat is a new one each time, where the business takes them', async () => {
  const business = await makeBusiness(market)
  const closed = await trigger(business, 'chat.direct')
  await askAdminFor(market, `PATCH /businesses/${business.businessId}`, { directMessages: 'all' })

  const told = [
    await triggerFor(business, 'chat.direct', '--text', 'Добрый день'),
    await triggerFor(business, 'chat.direct'),
  ]

  expect(closed).toMatchObject({ code: 1, err: expect.stringContaining('takes no direct messages: allow them with') })
  expect(new Set(told.map(({ chatId }) => chatId)).size).toBe(2)
  expect(await readMessages(business, told[0]?.chatId ?? 0)).toMatchObject([
    { sender: 'CUSTOMER', text: 'Добрый день' },
  ])
})

test('what is written or sent is as it was given', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const file = join(makeOpenFolder(), 'чек.pdf')
  writeFileSync(file, 'a receipt')

  await triggerFor(business, 'message.customer', '--chat', `${chatId}`, '--text', '--json and "quotes"')
  await triggerFor(business, 'sticker.customer', '--text', 'angry')
  await triggerFor(business, 'file.customer', '--file', file)

  expect(await readMessages(business, chatId)).toMatchObject([
    { text: '--json and "quotes"' },
    { kind: 'sticker', sticker: 'angry' },
    { kind: 'file', file: { name: 'чек.pdf', size: 9 } },
  ])
})

test('customer, order and message are as they are overridden, in a new chat', async () => {
  const business = await makeBusiness(market)
  await business.makeChat()
  const overrides = ['customer.name=Иван', 'order.items.0={"name":"Кружка","count":2}', 'message.text=Где кружка?']

  const told = await triggerFor(business, 'message.customer', ...overrides.flatMap(text => ['--override', text]))
  const refused = await trigger(business, 'message.customer', '--chat', '1', '--override', 'order.notes=x')

  const path = `/businesses/${business.businessId}/chats/${told.chatId}` as const
  const { chat } = await askAdminFor<{ chat: { context: { orderId: number }; customerName: string } }>(
    market,
    `GET ${path}`,
  )
  const order = `/businesses/${business.businessId}/orders/${chat.context.orderId}` as const
  expect(told).toMatchObject({ isNewChat: true })
  expect(chat.customerName).toBe('Иван')
  expect(await readMessages(business, told.chatId)).toMatchObject([{ text: 'Где кружка?' }])
  expect(await askAdminFor(market, `GET ${order}`)).toMatchObject({
    order: { items: [{ name: 'Кружка', count: 2 }] },
  })
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('leave --chat out') })
})

test('what can be overridden is what the admin API takes', async () => {
  const document = (await fetch(`${market.url}/admin/openapi.json`).then(answer => answer.json())) as OpenApi
  const takenBy = (method: 'put' | 'post', path: string) =>
    Object.keys(document.paths[path]?.[method]?.requestBody?.content['application/json']?.schema.properties ?? {})
  const chat = '/admin/v1/businesses/{businessId}/chats/{chatId}'
  const messages = ['customer-messages', 'customer-stickers', 'support-messages', 'market-messages', 'dispute']

  expect(overridable).toEqual({
    customer: ['publicId', ...takenBy('put', '/admin/v1/customers/{publicId}')],
    order: ['orderId', ...takenBy('put', '/admin/v1/businesses/{businessId}/orders/{orderId}')],
    message: expect.arrayContaining(messages.flatMap(what => takenBy('post', `${chat}/${what}`))),
  })
})

test('it is told to a person in one line', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()

  const { out, code } = await trigger(business, 'message.customer')

  const line = `^The customer wrote in chat ${chatId} \\(order \\d+\\), message \\d+; the chat is now ${forShop}\\.$`
  expect({ out, code }).toEqual({ code: 0, out: expect.stringMatching(new RegExp(line)) })
})

test.each<[what: string, args: string[], code: number, line: string]>([
  ['an event that is none', ['message.buyer'], 2, 'There is no event "message.buyer", but message.customer, message'],
  ['no event', [], 2, "missing required argument 'event'"],
  ['a chat for a new chat', ['chat.direct', '--chat', '1'], 2, 'leave --chat out'],
  ['a chat that is no number', ['message.customer', '--chat', 'abc'], 2, 'It must be a number'],
  ['a chat that is not there', ['message.customer', '--chat', '1'], 1, 'There is no chat 1 in business'],
  [
    'a sticker that is none',
    ['sticker.customer', '--text', 'x'],
    1,
    'The market refuses: sticker must be one of: hello',
  ],
  ['a file that is not there', ['file.customer', '--file', '/no/file'], 1, 'The file /no/file cannot be read (ENOENT)'],
  ['a dispute that is not there', ['dispute.finished', '--chat', 'own'], 1, 'There is no dispute in this chat'],
])('%s is named', async (_what, args, code, line) => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()

  const ended = await trigger(business, ...args.map(arg => (arg === 'own' ? `${chatId}` : arg)))

  expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(line) })
  expect(ended.err).not.toContain('should not have happened')
})

test('the market of a data folder is found without a word, until it stops', async () => {
  const url = await cloned()
  const data = makeOpenFolder()
  const running = join(data, 'running.json')
  const server = prilavok(['market', '--demo', '--json', '--port', '0', '--data', data, '--database-url', url])
  const { api } = JSON.parse(await server.firstLine()) as { api: string } // as it prints
  const mode = statSync(running).mode & 0o777

  const found = await prilavok(['trigger', 'message.customer', '--data', data]).ended
  const { port } = new URL(api)
  const byAddress = await prilavok(['trigger', 'message.customer', '--data', data, '--url', `http://localhost:${port}`])
    .ended
  const elsewhere = ['trigger', 'message.customer', '--data', data, '--url', market.url]
  const another = await prilavok([...elsewhere, '--admin-token', market.adminToken, '--business', '1']).ended
  server.child.kill('SIGINT')
  await server.ended
  const gone = await prilavok(['trigger', 'message.customer', '--data', data]).ended

  expect(found).toMatchObject({ code: 0, out: expect.stringContaining('The customer wrote in chat') })
  expect(byAddress).toMatchObject({ code: 0, err: '' })
  expect(another.err).toContain(
    `This is the market at ${market.url} (--url or PRILAVOK_URL), not the one that runs from ${data}`,
  )
  expect(mode).toBe(0o600)
  expect(statSync(running, { throwIfNoEntry: false })).toBeUndefined()
  expect(gone).toMatchObject({ code: 1, err: expect.stringContaining(`No market runs from ${data}: start one with`) })
}, 120_000)

test('a market that was killed is told as such', async () => {
  const url = await cloned()
  const data = makeOpenFolder()
  const server = prilavok(['market', '--json', '--port', '0', '--data', data, '--database-url', url])
  await server.firstLine()
  server.child.kill('SIGKILL')
  await server.ended

  const ended = await prilavok(['trigger', 'message.customer', '--data', data]).ended

  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining(`(process ${server.child.pid}, http://`) })
  expect(ended.err).toContain('was ended by force')
})

test.each<[what: string, env: () => Record<string, string>, line: string]>([
  ['no token', () => ({ PRILAVOK_URL: market.url }), 'needs --admin-token'],
  ['a wrong token', () => ({ PRILAVOK_URL: market.url, PRILAVOK_ADMIN_TOKEN: 'x' }), 'does not take this token'],
  [
    'nobody there',
    () => ({ PRILAVOK_URL: 'http://127.0.0.1:1024', PRILAVOK_ADMIN_TOKEN: 'x' }),
    'No market answers at http://127.0.0.1:1024 (ECONNREFUSED)',
  ],
  ['several businesses', () => ({ PRILAVOK_URL: market.url, PRILAVOK_ADMIN_TOKEN: market.adminToken }), '--business: '],
])('%s is named in one line', async (_what, env, line) => {
  for (const _ of [1, 2]) await makeBusiness(market)
  const ended = await prilavok(['trigger', 'message.customer', '--data', makeOpenFolder()], env()).ended

  expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining(line) })
  expect(ended.err.trim().split('\n')).toHaveLength(1)
})

test('a program that is no market is told apart', async () => {
  const env = { PRILAVOK_URL: `${market.url}/docs`, PRILAVOK_ADMIN_TOKEN: market.adminToken }
  const ended = await prilavok(['trigger', 'message.customer'], env).ended

  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('is not a market') })
})
