import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer } from '../support/buyer.ts'
import { prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase, useMarket } from '../support/test-market.ts'

const market = useMarket()
const russian = { LC_ALL: 'ru_RU.UTF-8' }

const connected = () => ({ PRILAVOK_URL: market.url, PRILAVOK_ADMIN_TOKEN: market.running.adminToken })
const tokens = (args: string[], env: Record<string, string> = {}) =>
  prilavok(['tokens', ...args], { ...connected(), ...env }).ended

test('one buyer and one business are shut out, and told one by one', async () => {
  const [leaked, other] = [await makeBuyer(market), await makeBuyer(market)]
  const { businessId } = await makeBusiness(market)
  const path = `/businesses/${businessId}` as const
  const { token } = await askAdminFor<{ token: string }>(market, `POST ${path}/cabinet-tokens`, { name: 'x' })

  const told = await tokens(['revoke', '--buyer', leaked.publicId, '--business', `${businessId}`])

  const opened = await askAdmin({ url: market.url, adminToken: token }, `GET ${path}`)
  expect(told).toEqual({
    code: 0,
    err: '',
    out: `The tokens of buyer ${leaked.publicId} are revoked.\nThe tokens of business ${businessId} are revoked.`,
  })
  const statuses = [await leaked.ask('GET /chats'), await other.ask('GET /chats'), opened].map(({ status }) => status)
  expect(statuses).toEqual([401, 200, 401])
})

test('for programs there is a line for each; who is not there ends it with 1', async () => {
  const { publicId } = await makeBuyer(market)
  const { businessId } = await makeBusiness(market)

  const done = await tokens(['revoke', '--buyer', publicId, '--business', `${businessId}`, '--all-buyers', '--json'])
  const missing = await tokens(['revoke', '--buyer', 'nobody', '--all-buyers'])

  expect(done.out.split('\n').map(line => JSON.parse(line))).toEqual([
    { purpose: 'buyer', publicId },
    { purpose: 'buyer' },
    { purpose: 'business', businessId: Number(businessId) },
  ])
  expect(missing).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no customer') })
})

test('a variable of other commands revokes nothing, and neither does a call that names nothing', async () => {
  const env = { PRILAVOK_BUSINESS_ID: '7' }

  const english = await tokens(['revoke'], env)
  const inRussian = await tokens(['revoke'], { ...env, ...russian })

  expect(english).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Say what to revoke: --admin, ') })
  expect(inRussian).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Укажите, что отозвать: --admin') })
})

test('what there is, is listed with its generation, in both languages and for programs', async () => {
  await tokens(['revoke', '--all-businesses'])

  const [english, inRussian] = [await tokens([]), await tokens([], russian)]
  const json = (await tokens(['list', '--json'])).out.split('\n').map(line => JSON.parse(line))

  expect(english.out).toMatch(
    /^TOKENS +GENERATION {2}REVOKED\nadmin +1 {2}never\n(.*\n)*businesses +\d+ {2}(now|\d+ .* ago)$/,
  )
  expect(inRussian.out).toMatch(/^ТОКЕНЫ +ПОКОЛЕНИЕ {2}ОТОЗВАНЫ\nадминистратора +1 {2}ни разу\n/)
  expect(json.map(({ purpose }) => purpose)).toEqual(['admin', 'console', 'buyer', 'business'])
  expect(json[3]).toMatchObject({ generation: expect.any(Number), validFrom: expect.stringMatching(/Z$/) })
})

test('after the admin token is revoked up prints the next, and a listener that runs goes on with it', async () => {
  const { url: databaseUrl, drop } = await cloneDatabase()
  onTestFinished(drop)
  const data = makeOpenFolder()
  const running = () => JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { adminToken: string }
  const up = prilavok(['up', '--port', '0', '--data', data, '--database-url', databaseUrl])
  await up.linesUntil('Ctrl-C stops everything.')
  const { adminToken: leaked } = running()
  const listener = prilavok(['listen', '--data', data])
  await listener.linesUntil('PING')

  const revoked = await prilavok(['tokens', 'revoke', '--admin', '--data', data]).ended
  const printed = (await up.linesUntil('Console: ')).find(line => line.startsWith('The new one: ')) ?? ''
  const triggered = await prilavok(['trigger', 'message.customer', '--data', data, '--json']).ended
  const { messageId } = JSON.parse(triggered.out) as { messageId: number }
  await listener.linesUntil(`message ${messageId}`)
  listener.child.kill('SIGINT')
  const listened = await listener.ended
  const old = await prilavok(['tokens', '--data', data, '--admin-token', leaked]).ended

  expect(revoked).toMatchObject({ code: 0, err: '', out: expect.stringContaining('The admin token is revoked') })
  expect(running().adminToken).toMatch(/^admin-/)
  expect(running().adminToken).not.toBe(leaked)
  expect(printed).toBe(`The new one: ${running().adminToken}`)
  expect(listened).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/; unsubscribed\.$/) })
  expect(old).toMatchObject({ code: 1, err: expect.stringContaining('does not take this token') })
}, 60_000)

test('with --json a market says nothing more to programs, and its next start knows the token', async () => {
  const { url: databaseUrl, drop } = await cloneDatabase()
  onTestFinished(drop)
  const args = ['market', '--json', '--port', '0', '--data', makeOpenFolder(), '--database-url', databaseUrl]
  const first = prilavok(args)
  const ready = JSON.parse(await first.firstLine()) as { api: string; adminToken: string }

  await askAdminFor({ url: ready.api, adminToken: ready.adminToken }, 'DELETE /tokens/admin')
  first.child.kill('SIGINT')
  const ended = await first.ended
  const again = JSON.parse(await prilavok(args).firstLine()) as { adminToken: string }

  expect(ended.out.split('\n')).toHaveLength(1)
  expect(ended.err).toContain('running.json in')
  expect(ended.err).not.toContain('admin-')
  expect(again.adminToken).not.toBe(ready.adminToken)
}, 60_000)
