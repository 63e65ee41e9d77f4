import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { operations } from '#contract'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Ended, prilavok, type Running } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const patience = { timeout: 30_000 }

function start({ businessId }: Pick<TestBusiness, 'businessId'>, ...args: string[]): Running {
  const place = { PRILAVOK_URL: market.url, PRILAVOK_ADMIN_TOKEN: market.adminToken, PRILAVOK_DATA: makeOpenFolder() }
  return prilavok(args, { ...place, PRILAVOK_BUSINESS_ID: `${businessId}` })
}
const run = (business: TestBusiness, ...args: string[]): Promise<Ended> => start(business, ...args).ended

test('logs tail prints what was refused and why, then what comes', async () => {
  const business = await makeBusiness(market)
  const path = operations.sendMessageToChat.path.replace('{businessId}', `${business.businessId}`)
  const headers = { 'api-key': business.token, 'content-type': 'application/json' }
  const send = (body: object) =>
    ask(`${market.url}${path}?chatId=1`, { method: 'POST', headers, body: JSON.stringify(body) })
  await send({ message: '' })
  const none = await run(business, 'logs', 'tail', '--status', '5xx', '--no-follow')

  const running = start(business, 'logs', 'tail', '--status', '4xx')
  const refused = await running.linesUntil('400')
  await send({ message: 'x' })
  const lines = await running.linesUntil('  404  ')
  running.child.kill('SIGINT')

  expect(refused[0]).toMatch(/^\d\d:\d\d:\d\d {2}400 +\d+ ms {2}POST .*\/chats\/message\?chatId=1 {2}Ключ$/)
  expect(lines.some(line => line.trim().startsWith('BAD_REQUEST: '))).toBe(true)
  expect(await running.ended).toMatchObject({ code: 0, err: '' })
  expect(none).toMatchObject({ code: 0, out: '', err: expect.stringContaining('No such requests.') })
})

test('events are listed with their last attempt, shown whole, and sent once more', async () => {
  const business = await makeBusiness(market)
  const receiver = await makeReceiver('refuse')
  await subscribe(market.sql, business, receiver)
  const chatId = await business.makeChat()
  const list = () => run(business, 'events', 'list', '--state', 'refused')
  await expect.poll(async () => (await list()).out, patience).toContain('refused')

  const [, row = ''] = (await list()).out.split('\n')
  const id = row.split(/ +/).at(-1) ?? ''
  const shown = await run(business, 'events', 'show', id)
  receiver.answering = 'ok'
  const resent = await run(business, 'events', 'resend', id)
  await receiver.arrived(2)
  const unknown = await run(business, 'events', 'resend', 'none')
  const cancelled = await run(business, 'events', 'list', '--state', 'cancelled')

  expect(row).toMatch(new RegExp(`CHAT_CREATED +${chatId} +refused +1 · 400 +${id}$`))
  expect(shown.out).toContain(`"chatId": ${chatId}`)
  expect(cancelled.err).toContain('No such events: without filters all are listed.')
  expect(shown.out).toMatch(/\n +1 {2}\d\d:\d\d:\d\d {2}400 {2}\d+ ms$/)
  expect(resent).toMatchObject({
    code: 0,
    out: `CHAT_CREATED of chat ${chatId} waits again, before all that is newer.`,
  })
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('has no such delivery') })
})

test('where several programs are told, each event says which', async () => {
  const business = await makeBusiness(market)
  const [one, other] = await Promise.all([makeReceiver(), makeReceiver()])
  await subscribe(market.sql, business, one)
  await market.sql`update market.subscriptions set name = 'Робот' where business_id = ${business.businessId}`
  await subscribe(market.sql, business, other)
  await business.makeChat()
  await Promise.all([one.arrived(1), other.arrived(1)])

  const { out } = await run(business, 'events', 'list')
  const [titles = '', ...rows] = out.split('\n')
  const [id = ''] = rows.filter(row => row.includes('Робот')).map(row => row.split(/ +/).at(-1))
  const shown = await run(business, 'events', 'show', id)

  expect(titles.split(/ +/)).toContain('TO')
  expect(rows.map(row => /CRM|Робот/.exec(row)?.[0]).sort()).toEqual(['CRM', 'Робот'])
  expect(shown.out).toMatch(/^TO +Робот$/m)
})

test('the triggers of a file happen in order, in the chats that they name', async () => {
  const business = await makeBusiness(market)
  const file = join(makeOpenFolder(), 'dispute.json')
  const steps = [
    { trigger: 'message.customer', as: 'question', text: 'Где заказ?', override: { 'customer.name': 'Иван' } },
    { trigger: 'message.customer', override: { 'order.notes': 'another' } },
    { trigger: 'dispute.started', chat: 'question' },
  ]
  writeFileSync(file, JSON.stringify({ steps }))

  const { out, code } = await run(business, 'fixtures', file, '--json')
  const refused = await run(business, 'fixtures', join(file, 'none'))

  const [first, second, third] = out.split('\n').map(line => JSON.parse(line) as { chatId: number; as?: string })
  const path = `/businesses/${business.businessId}/chats/${first?.chatId}` as const
  expect(code).toBe(0)
  expect(first?.as).toBe('question')
  expect([second?.chatId === first?.chatId, third?.chatId === first?.chatId]).toEqual([false, true])
  expect(await askAdminFor(market, `GET ${path}`)).toMatchObject({ chat: { customerName: 'Иван', type: 'ARBITRAGE' } })
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read (ENOTDIR)') })
})

test('pages are opened by an address, and the link to the console signs in once', async () => {
  const business = await makeBusiness(market)

  const { out } = await run(business, 'open', 'console', '--print')
  const docs = await run(business, 'open', 'docs', '--print')
  const desk = await run(business, 'open', 'desk')

  const ticket = new URL(out).hash.replace('#ticket=', '')
  const signIn = () =>
    ask(`${market.url}/console/session`, {
      method: 'POST',
      headers: { 'x-prilavok-console': '1' },
      body: JSON.stringify({ ticket }),
    })
  expect([(await signIn()).status, (await signIn()).status]).toEqual([204, 401])
  expect(docs.out).toBe(`${market.url}/docs`)
  expect(desk).toMatchObject({ code: 1, err: expect.stringContaining('No desk runs from') })
})
