import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { prilavok } from '../support/command.ts'
import { signInBy } from '../support/desk-person.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase } from '../support/test-market.ts'

async function makePlace() {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const data = makeOpenFolder()
  return { data, args: ['--quiet', '--data', data, '--database-url', url] }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  await new Promise(resolve => server.close(resolve))
  return port
}

test('a quiet market prints no token, neither at its start nor when it is revoked, and keeps it for its owner', async () => {
  const { data, args } = await makePlace()
  const market = prilavok(['market', '--port', '0', '--metrics-port', '0', '--log-level', 'debug', ...args])
  const running = () =>
    JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { url: string; adminToken: string }
  await expect.poll(() => existsSync(join(data, 'running.json'))).toBe(true)
  const { url, adminToken } = running()

  await askAdminFor({ url, adminToken }, 'DELETE /tokens/admin')
  await expect.poll(() => running().adminToken).not.toBe(adminToken)
  market.child.kill('SIGINT')
  const { code, out, err } = await market.ended

  expect({ code, out }).toEqual({ code: 0, out: '' })
  expect(err).toContain('running.json in')
  expect(err).not.toContain('admin-')
})

test('a quiet desk prints no link; its owner asks for one beside it', async () => {
  const { args } = await makePlace()
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const desk = prilavok(['desk', '--port', `${port}`, ...args])
  const isReady = () =>
    ask(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    )
  await expect.poll(isReady).toBe(true)

  const place = args.slice(1)
  const printed = await prilavok(['desk', 'link', '--public-url', 'https://desk.example.org', ...place]).ended
  const json = await prilavok(['desk', 'link', '--json', '--port', `${port}`, ...place]).ended
  const { link } = JSON.parse(json.out) as { link: string }
  const owner = await signInBy({ url }, link)
  const { cabinets } = await owner.get<{ cabinets: unknown[] }>('GET /cabinets')
  desk.child.kill('SIGINT')
  const { code, out, err } = await desk.ended

  expect(printed).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^https:\/\/desk\.example\.org\/desk#ticket=\S+$/),
  })
  expect(link).toMatch(new RegExp(`^${url}/desk#ticket=`))
  expect(cabinets).toEqual([])
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' })
})
