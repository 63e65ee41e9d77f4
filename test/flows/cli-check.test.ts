import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeManualClock, systemClock } from '#kit'
import { inspectDatabase } from '#market'
import { connect } from '../../src/database/connect.ts'
import { makeAuthority, makeCertificate } from '../support/certificates.ts'
import { prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase, useMarket } from '../support/test-market.ts'

type Line = { check: string; verdict: 'good' | 'warning' | 'error'; told: string; fix?: string }

const market = useMarket()
const goodSecret = 'Zu4ooShohng9ieThuuva2pae'

/** Each check by its name, and the exit code. */
async function check(args: string[], env: Record<string, string> = {}) {
  const { code, out, err } = await prilavok(['check', '--json', ...args], env).ended
  const lines = out.split('\n').map(line => JSON.parse(line) as Line) // the documented lines
  return { code, err, found: Object.fromEntries(lines.map(line => [line.check, line])) }
}

async function withDatabase<T>(url: string, work: (sql: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1, name: 'test' })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

async function makeDatabase(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  await withDatabase(url, sql => sql.unsafe('drop schema market cascade'))
  return url
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port // it listens on a port
}

test('a PostgreSQL that would lose what was answered is an error, and nothing is made by looking', async () => {
  const databaseUrl = await makeDatabase()
  const data = join(makeOpenFolder(), 'not-yet')

  const { code, err, found } = await check(['--database-url', databaseUrl, '--data', data])

  const schemas = await withDatabase(
    databaseUrl,
    sql => sql<{ nspname: string }[]>`select nspname from pg_namespace where nspname = 'market'`,
  )
  expect({ code, err }).toEqual({ code: 1, err: '' })
  expect(found['durability']).toMatchObject({
    verdict: 'error',
    told: expect.stringContaining('fsync, full_page_writes, synchronous_commit off'),
    fix: expect.stringContaining('postgresql.conf'),
  })
  for (const name of ['database', 'version', 'encoding', 'connections', 'clock', 'databaseTls', 'files'])
    expect([name, found[name]?.verdict]).toEqual([name, 'good'])
  expect(found['role']).toMatchObject({ verdict: 'warning', told: 'is a superuser' })
  expect({ isMade: existsSync(data), schemas: schemas.length }).toEqual({ isMade: false, schemas: 0 })
})

test('a limit of the database or the role counts, as does what the role may not do', async () => {
  const databaseUrl = await makeDatabase()
  const { pathname } = new URL(databaseUrl)
  const name = pathname.slice(1)
  await withDatabase(databaseUrl, async sql => {
    await sql.unsafe(`alter database ${name} connection limit 30`)
    await sql.unsafe(`create role ${name}_role login connection limit 22`)
  })
  onTestFinished(() => withDatabase(market.databaseUrl, async sql => void (await sql.unsafe(`drop role ${name}_role`))))
  const ofRole = new URL(databaseUrl)
  ofRole.username = `${name}_role`

  const ofDatabase = await check(['--database-url', databaseUrl])
  const facts = await inspectDatabase({ databaseUrl: ofRole.href, secret: goodSecret, clock: systemClock })
  const limited = await check(['--database-url', ofRole.href])

  expect(ofDatabase.found['connections']).toMatchObject({
    verdict: 'warning',
    told: expect.stringMatching(/allows 30;/),
  })
  expect(facts).toMatchObject({ connectionsAllowed: 22, mayCreate: false, isSuperuser: false, isEncrypted: false })
  expect(limited.found['connections']).toMatchObject({ verdict: 'error', told: expect.stringMatching(/allows 22;/) })
  expect(limited.found['role']).toMatchObject({ verdict: 'error' })
})

test('a clock that differs from the database is measured in both directions', async () => {
  const { databaseUrl } = market
  const secret = 'a secret of the tests'
  const at = (aheadMs: number) => makeManualClock(new Date(systemClock.now().getTime() + aheadMs))
  const inspect = (aheadMs: number) => inspectDatabase({ databaseUrl, secret, clock: at(aheadMs) })

  const [ahead, behind] = [await inspect(60_000), await inspect(-60_000)]

  expect(Math.round(ahead.clockAheadMs / 30_000)).toBe(2)
  expect(Math.round(behind.clockAheadMs / 30_000)).toBe(-2)
})

test('a database of another secret is found before a market is refused by it', async () => {
  const mine = await check(['--database-url', market.databaseUrl], { PRILAVOK_SECRET: 'a secret of the tests' })
  const others = await check(['--database-url', market.databaseUrl], { PRILAVOK_SECRET: goodSecret })
  const without = await check(['--database-url', market.databaseUrl, '--data', makeOpenFolder()])

  expect(mine.found['database']).toMatchObject({ verdict: 'good' })
  expect(mine.found['secret']).toMatchObject({ verdict: 'error', told: expect.stringContaining('can be guessed') })
  expect(others.found['database']).toMatchObject({ verdict: 'error' })
  expect(others.found['secret']).toMatchObject({ verdict: 'good' })
  expect(without.found['database']).toMatchObject({ verdict: 'error', told: expect.stringContaining('another secret') })
})

test('the variables of the market are those of the check, and what cannot be reached is told without its password', async () => {
  const env = {
    PRILAVOK_HOST: '0.0.0.0',
    PRILAVOK_LAB: '1',
    PRILAVOK_ALLOW_PRIVATE_WEBHOOKS: '1',
    PRILAVOK_PUBLIC_URL: 'http://chats.example.org',
    DATABASE_URL: 'postgres://market:Ohth5aeP1ohb@127.0.0.1:1/market',
  }

  const { code, found } = await check([], env)
  const person = await prilavok(['check'], { ...env, LC_ALL: 'ru_RU.UTF-8' }).ended

  const errors = Object.values(found).filter(({ verdict }) => verdict === 'error')
  expect(code).toBe(1)
  expect(errors.map(line => line.check)).toEqual(['database', 'trial', 'publicUrl', 'webhooks'])
  expect(found['metrics']).toMatchObject({ verdict: 'warning' })
  expect(JSON.stringify(found) + person.out).not.toContain('Ohth5aeP1ohb')
  expect(person.out).toMatch(/✗ Пробный режим +--lab: .*\n +→ Запускайте без --lab/)
  expect(person.out.split('\n').at(-1)).toMatch(/^4 ошибки, \d+ замечани[еяй]\.$/)
})

test('a secret that others can read and a folder that is none are errors', async () => {
  const data = makeOpenFolder()
  writeFileSync(join(data, 'secret'), goodSecret, { mode: 0o644 })
  writeFileSync(join(data, 'files'), 'not a folder')

  const { code, found } = await check(['--data', data])
  const below = await prilavok(['check', '--data', join(data, 'files', 'inner')]).ended

  expect(code).toBe(1)
  expect(found['secret']).toMatchObject({ verdict: 'error', told: expect.stringContaining(join(data, 'secret')) })
  expect(found['files']).toMatchObject({ verdict: 'error', told: expect.stringContaining('EACCES') })
  expect(below).toMatchObject({ code: 1, out: '', err: expect.stringContaining('ENOTDIR') })
})

test('the certificate at the public address is read', async () => {
  const authority = makeAuthority('an authority of the tests')
  const server = createServer(makeCertificate({ names: ['localhost', '127.0.0.1'] }, authority))
  const publicUrl = `https://127.0.0.1:${await listen(server)}`
  const trusted = join(makeOpenFolder(), 'authority.pem')
  writeFileSync(trusted, authority.cert)

  const unknown = await check(['--public-url', publicUrl])
  const known = await check(['--public-url', publicUrl], { NODE_EXTRA_CA_CERTS: trusted })
  const away = await check(['--public-url', 'https://127.0.0.1:1'])

  expect(unknown.found['publicUrl']).toMatchObject({ verdict: 'error', told: expect.stringContaining('UNABLE_TO_') })
  expect(known.found['publicUrl']).toMatchObject({ verdict: 'good', told: expect.stringMatching(/36[45] days/) })
  expect(away.found['publicUrl']).toMatchObject({ verdict: 'warning', told: expect.stringContaining('ECONNREFUSED') })
})
