import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { operations } from '#contract'
import { lockFolder } from '../../src/database/private-postgres/lock/folder-lock.ts'
import { type Ended, prilavok } from '../support/command.ts'
import { waysOfCurl } from '../support/curl.ts'
import { signInBy } from '../support/desk-person.ts'
import { ask } from '../support/http.ts'
import { makeDataFolder, makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase } from '../support/test-market.ts'

type Ready = {
  ready: boolean
  api: string
  adminToken: string
  businessId?: number
  campaignId?: number
  apiKey?: string
  desk?: string
  deskLink?: string
}

const asReady = (line: string) => JSON.parse(line) as Ready // the documented line

async function cloned(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return url
}

/** One line on standard error, no stack. */
function expectOneLine({ err }: Ended): void {
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).not.toMatch(/^\s+at /m)
}

test('up is ready in one JSON line, answers with its key, keeps its data, and stops at Ctrl-C', async () => {
  const data = makeOpenFolder()
  const ofAnotherProgram = { DATABASE_URL: 'postgres://127.0.0.1:1/x' }
  const first = prilavok(['up', '--json', '--port', '0', '--data', data], ofAnotherProgram)
  const ready = asReady(await first.firstLine())
  const shops = await ask(ready.api + operations.getCampaigns.path, { headers: { 'api-key': ready.apiKey ?? '' } })
  const owner = await signInBy({ url: ready.desk ?? '' }, ready.deskLink ?? '')
  const { replies } = await owner.get<{ replies: { title: string }[] }>('GET /replies')
  first.child.kill('SIGINT')
  const { code, out } = await first.ended

  const second = prilavok(['up', '--json', '--port', '0', '--data', data])
  const again = asReady(await second.firstLine())
  second.child.kill('SIGTERM')

  expect(shops.body).toMatchObject({
    campaigns: [{ placementType: 'FBS' }, { placementType: 'FBY' }, { placementType: 'DBS' }],
  })
  expect(replies.map(({ title }) => title)).toContain('Заказ в пути')
  expect({ code, lines: out.split('\n').length }).toEqual({ code: 0, lines: 1 })
  const elsewhere = { api: '', desk: '', deskLink: '' }
  expect({ ...again, ...elsewhere }).toEqual({ ...ready, ...elsewhere })
  expect((await second.ended).code).toBe(0)
})

test('up tells a person where everything is, with lines that work when pasted', async () => {
  const data = relative(process.cwd(), join(makeOpenFolder(), "Anna's"))
  const up = prilavok(['up', '--port', '0', '--data', data])
  const lines = await up.linesUntil('Ctrl-C')
  const provoking = lines.find(line => line.startsWith('npx prilavok trigger')) ?? ''
  const provoked = execFileSync('sh', ['-c', provoking], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
    env: { ...process.env, LC_ALL: 'C' },
  })

  const exported = lines.find(line => line.startsWith('export ')) ?? ''
  const shown = `${exported}; test -s "$PHOTO" && printf '%s %s' "$KEY" "$BUYER_TOKEN"`
  const [key = '', token = ''] = execFileSync('sh', ['-c', shown], { encoding: 'utf8' }).split(' ')
  const asked = lines.filter(line => line.startsWith('curl '))

  expect(provoked).toContain('The customer wrote in chat')
  expect(asked[0]).toContain(`-H 'Api-Key: ${key}'`)
  expect(asked.at(-1)).toContain(`-H 'Authorization: Bearer ${token}'`)
  for (const send of waysOfCurl()) {
    const pasted: string[] = []
    for (const line of asked) pasted.push(await send(line))
    expect(pasted).toEqual([
      expect.stringContaining('Когда ждать?'),
      ...['{"status":"OK"}', '{"status":"OK"}'],
      expect.stringContaining('photo.png'),
    ])
  }
})

test('Ctrl-C while it starts stops it all the same, PostgreSQL too', async () => {
  const data = makeOpenFolder()
  const up = prilavok(['up', '--json', '--port', '0', '--data', data])
  await vi.waitUntil(() => existsSync(join(data, 'lock')), { interval: 5, timeout: 30_000 })
  up.child.kill('SIGINT')

  expect((await up.ended).code).toBe(0)
  expect(existsSync(join(data, 'cluster', 'postmaster.pid'))).toBe(false)
})

test('market without --demo starts empty, on a database of its own choosing', async () => {
  const market = prilavok(['market', '--json', '--port', '0', '--data', makeOpenFolder()], {
    DATABASE_URL: await cloned(),
  })
  const ready = asReady(await market.firstLine())
  const businesses = await ask(`${ready.api}/admin/v1/businesses`, {
    headers: { authorization: `Bearer ${ready.adminToken}` },
  })

  expect(Object.keys(ready)).toEqual(['ready', 'api', 'adminToken'])
  expect(businesses.body).toMatchObject({ businesses: [] })
})

test('--metrics-port has the metrics, and the first line says where', async () => {
  const args = ['market', '--json', '--port', '0', '--metrics-port', '0', '--data', makeOpenFolder()]
  const market = prilavok(args, { DATABASE_URL: await cloned() })
  const { api, metrics } = JSON.parse(await market.firstLine()) as { api: string; metrics: string } // as it prints

  expect((await ask(metrics)).text).toContain('prilavok_requests_total')
  expect((await ask(`${api}/metrics`)).status).toBe(404)
})

test('--no-rate-limits lifts the parallel limit and the hour, and the headers stay', async () => {
  const market = prilavok(
    ['market', '--demo', '--json', '--port', '0', '--data', makeOpenFolder(), '--no-rate-limits'],
    { PRILAVOK_DATABASE_URL: await cloned() },
  )
  const { api, apiKey = '' } = asReady(await market.firstLine())
  const { path, perHour } = operations.getAuthTokenInfo
  const call = () => ask(api + path, { method: 'POST', headers: { 'api-key': apiKey } })

  const answers = await Promise.all(Array.from({ length: perHour + 1 }, call))

  expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
  expect(answers[0]?.headers.get('x-ratelimit-resource-limit')).toBe(String(perHour))
})

test('a taken port is named in one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number } // it listens on a port

  const ended = await prilavok([
    'market',
    '--port',
    `${port}`,
    '--data',
    makeOpenFolder(),
    '--database-url',
    await cloned(),
  ]).ended

  expectOneLine(ended)
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`) })
})

test('a data folder in use is named in one line', async () => {
  const dataDir = makeOpenFolder()
  const lock = await lockFolder(dataDir)
  onTestFinished(() => lock.release())

  const ended = await prilavok(['up', '--json', '--port', '0', '--data', dataDir]).ended

  expectOneLine(ended)
  expect(ended).toMatchObject({
    code: 1,
    err: expect.stringContaining(`${dataDir} is in use by process ${process.pid}`),
  })
})

test('a market whose data folder somebody else has taken ends with one line', async () => {
  const data = makeDataFolder()
  const market = prilavok(['market', '--json', '--port', '0', '--data', data])
  await market.firstLine()
  writeFileSync(join(data, 'theirs'), JSON.stringify({ pid: 7, host: 'web-2', place: 'elsewhere' }))
  renameSync(join(data, 'theirs'), join(data, 'lock'))

  const ended = await market.ended

  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining(`${data} was taken over by process 7 of web-2`) })
})

test('a data folder that was used before does not begin anew when its database is gone', async () => {
  const data = makeOpenFolder()
  writeFileSync(join(data, 'secret'), 'made by a market that ran here')

  const ended = await prilavok(['up', '--json', '--port', '0', '--data', data]).ended

  expectOneLine(ended)
  expect(ended.err).toContain(`${data} was used before, but its database is not in ${data}/cluster: restore it there`)
  expect(readdirSync(data)).toEqual(['secret'])
})

test('a server with another secret does not take over a database', async () => {
  const databaseUrl = await cloned()
  const args = ['market', '--json', '--port', '0', '--database-url', databaseUrl]
  const first = prilavok([...args, '--data', makeOpenFolder()])
  await first.firstLine()
  first.child.kill('SIGINT')
  await first.ended

  const ended = await prilavok([...args, '--data', makeOpenFolder()]).ended

  expectOneLine(ended)
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('was set up with another secret') })
})

test.each([
  [
    'an unreachable database',
    ['--database-url', 'postgres://anna:hidden@127.0.0.1:1/x'],
    'The database at 127.0.0.1:1/x cannot be used',
  ],
  ['a URL that is none', ['--database-url', 'nonsense'], 'The database URL cannot be read'],
  [
    'a password that cannot be decoded',
    ['--database-url', 'postgres://u:hidden%zz@h/db'],
    'The database URL cannot be read',
  ],
  [
    'a name and a host that cannot be decoded',
    ['--database-url', 'postgres://u%zz@h%zz/db'],
    'The database URL cannot be read',
  ],
  [
    'a database whose password is a parameter',
    ['--database-url', 'postgres://127.0.0.1:1/x?password=hidden'],
    'The database at 127.0.0.1:1/x cannot be used',
  ],
  [
    'a socket that is not there',
    ['--database-url', 'postgres://anna:hidden@%2Fnowhere/x'],
    'The database at /nowhere (x) cannot be used',
  ],
  [
    'an address of another machine',
    ['--host', '203.0.113.1', '--database-url', 'clone'],
    'This machine has no address 203.0.113.1',
  ],
])('%s is named in one line', async (_what, args, line) => {
  const given = args.includes('clone') ? args.with(-1, await cloned()) : args
  const ended = await prilavok(['market', '--port', '0', '--data', makeOpenFolder(), ...given]).ended

  expectOneLine(ended)
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining(line) })
  expect(ended.err).not.toContain('hidden')
})

test.each<[what: string, ruin: (folder: string) => string, line: string]>([
  ['a data folder that is a file', folder => makeFile(folder, 'data'), 'data cannot be used (EEXIST at '],
  ['a data folder in a file', folder => join(makeFile(folder, 'file'), 'data'), 'data cannot be used (ENOTDIR at '],
  ['a data folder that is a device', () => '/dev/null', 'The data folder /dev/null cannot be used (EEXIST at '],
  ['a secret that is a folder', folder => makeFolder(folder, 'secret'), '(EISDIR)'],
  ['a file in place of the files', folder => dirname(makeFile(folder, 'files')), '/files'],
  ['a folder in place of the photo', folder => makeFolder(folder, 'photo.png'), '(EISDIR at '],
])('%s is named in one line', async (_what, ruin, line) => {
  const data = ruin(makeOpenFolder())
  const databaseUrl = await cloned()
  const ended = await prilavok(['market', '--demo', '--port', '0', '--data', data, '--database-url', databaseUrl]).ended

  expectOneLine(ended)
  expect(ended).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining(`The data folder ${data} cannot be used`),
  })
  expect(ended.err).toContain(line)
  expect(ended.err).not.toContain('should not have happened')
})

function makeFile(folder: string, name: string): string {
  writeFileSync(join(folder, name), '')
  return join(folder, name)
}

/** The folder itself, with another in it. */
function makeFolder(folder: string, name: string): string {
  mkdirSync(join(folder, name))
  return folder
}

test.each([
  [['up', '--prot', '1']],
  [['up', '--port', 'eighty']],
  [['market', '--log-level', 'loud']],
  [['market', '--public-url', 'ftp://x']],
  [['nothing-like-that']],
  [['sim', 'exec']],
  [['listen', '--port', 'x']],
  [[]],
])('wrong usage %j ends with 2 and the way to the help', async args => {
  const ended = await prilavok(args).ended
  expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--help') })
})

test.each([
  [['--help']],
  [['up', '--help']],
  [['market', '--help']],
  [['listen', '--help']],
  [['trigger', '--help']],
  [['sim', '--help']],
  [['sim', 'exec', '--help']],
  [['--version']],
])('%j prints to standard output and ends with 0', async args => {
  expect(await prilavok(args).ended).toMatchObject({ code: 0, err: '' })
})
