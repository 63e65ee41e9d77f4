import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { prilavok, type Running } from '../support/command.ts'
import { type DeskPerson, signInBy } from '../support/desk-person.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase, useMarket } from '../support/test-market.ts'

const market = useMarket()

async function cloned(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return url
}

/** Where a desk's data is, and a desk on it. */
async function makePlace() {
  const [data, databaseUrl] = [makeOpenFolder(), await cloned()]
  const at = ['--data', data, '--database-url', databaseUrl]
  const start = (env = {}) => prilavok(['desk', '--port', '0', '--json', ...at], env)
  const rotate = (env = {}) => prilavok(['desk', 'rotate-secret', ...at], env).ended
  return { data, start, rotate }
}

async function owns(running: Running) {
  const { desk, link } = JSON.parse(await running.firstLine()) as { desk: string; link: string } // as it prints
  return { desk, link, owner: await signInBy({ url: desk }, link) }
}

async function stop({ child, ended }: Running) {
  child.kill('SIGINT')
  return ended
}

type Cabinet = { cabinetId: number; baseUrl: string; name: string }
const cabinetsOf = async (owner: DeskPerson) => (await owner.get<{ cabinets: Cabinet[] }>('GET /cabinets')).cabinets
const syncOf = (owner: DeskPerson, { cabinetId }: Cabinet) =>
  owner.get<{ notificationUrl: string; phase: string }>(`GET /cabinets/${cabinetId}/sync`)

async function connect(owner: DeskPerson): Promise<Cabinet> {
  const { businessId, token: apiKey } = await makeBusiness(market)
  return owner.get('POST /cabinets', { baseUrl: market.url, apiKey, businessId })
}

/** Everything that tells whether the desk can open what it has sealed. */
async function expectOpened(running: Running, cabinet: Cabinet, secretPath: string) {
  const { owner } = await owns(running)
  const { notificationUrl } = await syncOf(owner, cabinet)
  expect(new URL(notificationUrl).pathname).toBe(secretPath)
  await expect.poll(async () => (await syncOf(owner, cabinet)).phase).toBe('live')
}

test('a desk prints a link that signs the owner in, keeps its secret for its owner alone, and stops at Ctrl-C', async () => {
  const { data, start } = await makePlace()
  const first = start()
  const { owner, link, desk } = await owns(first)

  expect(link).toMatch(new RegExp(`^${desk}/desk#ticket=`))
  expect(await owner.get('GET /session')).toMatchObject({ account: { role: 'owner', name: 'Owner' }, hasLab: false })
  expect(statSync(join(data, 'desk-secret')).mode & 0o777).toBe(0o600)
  expect(await stop(first)).toEqual({ code: 0, err: '', out: expect.stringContaining('"ready":true') })
})

test('after its secret was changed a desk opens the same keys, and with the old one it does not start', async () => {
  const { data, start, rotate } = await makePlace()
  const first = start()
  const { owner } = await owns(first)
  const cabinet = await connect(owner)
  const { pathname } = new URL((await syncOf(owner, cabinet)).notificationUrl)
  await stop(first)
  const old = readFileSync(join(data, 'desk-secret'), 'utf8')

  const rotated = await rotate()

  expect(rotated).toMatchObject({ code: 0, err: '' })
  expect(readFileSync(join(data, 'desk-secret'), 'utf8')).not.toBe(old)
  const second = start()
  await expectOpened(second, cabinet, pathname)
  await stop(second)
  const withOld = await start({ PRILAVOK_SECRET: old }).ended
  expect(withOld).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^prilavok: The keys of this desk were sealed with another secret.*\n$/),
  })
})

test('a change of the secret that was cut short after the database had it is ended by the next start', async () => {
  const { data, start, rotate } = await makePlace()
  const first = start()
  const { owner } = await owns(first)
  const cabinet = await connect(owner)
  const { pathname } = new URL((await syncOf(owner, cabinet)).notificationUrl)
  await stop(first)
  const file = join(data, 'desk-secret')
  const old = readFileSync(file)
  await rotate()
  renameSync(file, `${file}.next`)
  writeFileSync(file, old)

  const second = start()

  await expectOpened(second, cabinet, pathname)
  await stop(second)
  expect(await rotate()).toMatchObject({ code: 0 })
})

test('a secret that is a variable is changed to another one that is', async () => {
  const { start, rotate } = await makePlace()
  const [before, after] = ['the secret before, long enough', 'the secret after, long enough']
  const first = start({ PRILAVOK_SECRET: before })
  const { owner } = await owns(first)
  const cabinet = await connect(owner)
  const { pathname } = new URL((await syncOf(owner, cabinet)).notificationUrl)
  await stop(first)

  const without = await rotate({ PRILAVOK_SECRET: before })
  const rotated = await rotate({ PRILAVOK_SECRET: before, PRILAVOK_NEW_SECRET: after })

  expect(without).toMatchObject({ code: 1, err: expect.stringContaining('PRILAVOK_NEW_SECRET') })
  expect(rotated.code).toBe(0)
  await expectOpened(start({ PRILAVOK_SECRET: after }), cabinet, pathname)
})

test('a folder that no desk has used has no secret to change', async () => {
  const { rotate } = await makePlace()

  expect(await rotate()).toMatchObject({ code: 1, err: expect.stringMatching(/^prilavok: No desk has used .*\n$/) })
})

/** As it prints. */
type Ready = Partial<Record<'api' | 'adminToken' | 'desk' | 'deskLink', string>>

test('up starts a desk on which buyers wait, in one cabinet at whichever port the market is; a trickle can be paused', async () => {
  const args = ['up', '--json', '--port', '0', '--data', makeOpenFolder(), '--database-url', await cloned()]
  const started = async () => {
    const up = prilavok(args)
    const { api = '', adminToken = '', desk = '', deskLink = '' } = JSON.parse(await up.firstLine()) as Ready
    return { up, api, desk, market: { url: api, adminToken }, owner: await signInBy({ url: desk }, deskLink) }
  }
  const first = await started()
  const counts = () => first.owner.get<{ counts: Record<string, number> }>('GET /views')
  await expect.poll(counts).toMatchObject({ counts: { waiting: 6, all: 20 } })
  const on = await first.owner.get('GET /trickle')
  const off = await first.owner.get('PUT /trickle', { isOn: false })
  expect(await stop(first.up)).toMatchObject({ code: 0, err: '' })

  const second = await started()
  const cabinets = await cabinetsOf(second.owner)
  const { keys } = await askAdminFor<{ keys: { name: string }[] }>(second.market, 'GET /businesses/1/keys')
  const log = await askAdminFor<{ requests: { integration: string }[] }>(second.market, 'GET /businesses/1/requests')
  const firstPage = await fetch(`${second.api}/`, { headers: { accept: 'text/html' } })

  expect([on, off]).toEqual([{ isOn: true }, { isOn: false }])
  expect(await firstPage.text()).toContain(`href="${second.desk}/desk"`)
  expect(cabinets).toEqual([expect.objectContaining({ name: 'Дом и двор', baseUrl: second.api })])
  expect(keys.map(({ name }) => name).sort()).toEqual(['Prilavok desk', 'Демо'])
  expect(new Set(log.requests.map(({ integration }) => integration))).toEqual(new Set(['Prilavok desk']))
  expect(await stop(second.up)).toMatchObject({ code: 0, err: '' })
})

test('up --no-desk starts none', async () => {
  const args = [
    'up',
    '--json',
    '--no-desk',
    '--port',
    '0',
    '--data',
    makeOpenFolder(),
    '--database-url',
    await cloned(),
  ]
  const ready = JSON.parse(await prilavok(args).firstLine())

  expect(Object.keys(ready)).not.toContain('desk')
})
