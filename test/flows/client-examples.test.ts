import { once } from 'node:events'
import { cpSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { chatNotificationTypes } from '#contract'
import { askAdminFor } from '../support/admin.ts'
import { type Run, useClientPackage } from '../support/client-package.ts'
import { makeReceiver } from '../support/receiver.ts'
import { makeWaitingShop, type WaitingShop } from '../support/shop-user.ts'
import { useMarket } from '../support/test-market.ts'

const examples = join(import.meta.dirname, '../../examples')
const files = ['twelve-lines.ts', 'auto-reply.ts', 'export-csv.ts', 'express-receiver.ts', 'worker.ts']
const market = useMarket()
const user = useClientPackage(['express', '@types/express', '@types/node'])

beforeAll(() => {
  cpSync(examples, user.folder, { recursive: true })
})

test('every example is right to the compiler', () => {
  expect(user.check(files, { skipLibCheck: 'true' })).toBe('')
})

test('the bot answers what it can, once, and leaves the rest to people', async () => {
  const { env, write, texts, chatId } = await makeWaitingShop(market, 'Hello')
  const bot = user.run('auto-reply.ts', env)
  const answer = 'We have asked the courier and write again within the hour.'

  await writeUntil(bot, `Chat ${chatId}: for people`, () => write('Are you there?'))
  await write('Where is my order?')
  await printed(bot, `Chat ${chatId}: confirmed`)
  await write('Thanks')
  await expect.poll(() => bot.lines.at(-1)).toBe(`Chat ${chatId}: for people`)
  bot.stop('SIGINT')

  expect({ code: await bot.ended, errors: bot.errors }).toEqual({ code: 0, errors: [] })
  expect((await texts()).filter(text => text === answer)).toHaveLength(1)
})

test('the export has a line for every message, and no formula of a buyer', async () => {
  const { env, write, chatId } = await makeWaitingShop(market, '=cmd|"/c calc"!A1')
  await write('И ещё: «когда?»')

  const run = user.run('export-csv.ts', env)

  expect({ code: await run.ended, errors: run.errors }).toEqual({ code: 0, errors: [] })
  const order = env['PRILAVOK_ORDER_ID']
  expect(run.lines.map(line => line.replace(/"\d+","[\d-]+T[^"]+"/, 'ID,AT'))).toEqual([
    '"chat","order","buyer","message","at","sender","text","files"\r',
    `"${chatId}","${order}","Борис",ID,AT,"CUSTOMER","'=cmd|""/c calc""!A1",""\r`,
    `"${chatId}","${order}","Борис",ID,AT,"CUSTOMER","И ещё: «когда?»",""\r`,
  ])
})

test('the Express receiver is enabled by its PING and prints what buyers write', async () => {
  const { shop, chatId, env, write } = await makeWaitingShop(market)
  const { port, enable, secret } = await subscribe(shop)

  const server = user.run('express-receiver.ts', { ...env, PORT: `${port}`, WEBHOOK_SECRET: secret })
  await printed(server, `Waiting for notifications on port ${port}`)
  await enable()
  await write('Ау?')

  await printed(server, `Chat ${chatId}: Ау?`)
  expect(server.errors).toEqual([])
})

test('a stranger is not believed by the Express receiver', async () => {
  const { shop, env } = await makeWaitingShop(market)
  const { port, secret, url } = await subscribe(shop)
  const server = user.run('express-receiver.ts', { ...env, PORT: `${port}`, WEBHOOK_SECRET: secret })
  await printed(server, `Waiting for notifications on port ${port}`)

  const told = { businessId: 1, chatId: 1, createdAt: new Date().toISOString() }
  const body = JSON.stringify({ notificationType: 'CHAT_CREATED', ...told })
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

  expect(answer.status).toBe(403)
})

const host = `
  import { createServer } from 'node:http'
  import { toNodeHandler } from '@prilavok/client'
  import worker from './worker.ts'
  const { PRILAVOK_API_KEY: API_KEY, PRILAVOK_BUSINESS_ID: BUSINESS_ID, PRILAVOK_URL: MARKET_URL, ...env } = process.env
  const receive = request => worker.fetch(request, { API_KEY, BUSINESS_ID, MARKET_URL, ...env })
  createServer(toNodeHandler(receive)).listen(env.PORT, () => console.log('ready'))
`

test('the worker passes on what buyers write, and nothing else', async () => {
  const { shop, chatId, env, write } = await makeWaitingShop(market)
  const { port, enable, secret } = await subscribe(shop)
  const team = await makeReceiver()
  writeFileSync(join(user.folder, 'host.ts'), host)

  const worker = user.run('host.ts', { ...env, PORT: `${port}`, WEBHOOK_SECRET: secret, TEAM_URL: team.url })
  await printed(worker, 'ready')
  await enable()
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Минуту' })
  await write('Хорошо, жду')

  const arrivals = await team.arrived(1)
  expect(arrivals.map(({ text }) => JSON.parse(text))).toEqual([{ text: `Chat ${chatId}: Хорошо, жду` }])
  expect(worker.errors).toEqual([])
})

/** A disabled subscription to everything, at a port where nothing listens yet. */
async function subscribe({ businessId }: WaitingShop['shop']) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/notification`
  const wanted = { name: 'Example', url, types: chatNotificationTypes, isEnabled: false }
  const path = `/businesses/${businessId}/subscriptions` as const
  const { subscription, secret } = await askAdminFor<{ subscription: { subscriptionId: number }; secret: string }>(
    market,
    `POST ${path}`,
    wanted,
  )
  const enable = () => askAdminFor(market, `POST ${path}/${subscription.subscriptionId}/enable`)
  return { port, url, secret, enable }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  server.close()
  return port
}

function printed(run: Run, line: string): Promise<void> {
  return expect.poll(() => [...run.lines, ...run.errors], { timeout: 30_000 }).toContain(line)
}

/** For programs that do not say when they have begun to listen. */
function writeUntil(run: Run, line: string, write: () => Promise<unknown>): Promise<void> {
  const writeAndLook = async () => {
    await write()
    return [...run.lines, ...run.errors]
  }
  return expect.poll(writeAndLook, { timeout: 30_000, interval: 1_000 }).toContain(line)
}
