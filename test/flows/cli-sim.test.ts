import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { operations } from '#contract'
import { type Ended, prilavok } from '../support/command.ts'
import { isRunning, readPostmaster } from '../support/postgres-processes.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase } from '../support/test-market.ts'

/** Where a run keeps its files, while it runs. */
function runIn(temporary: string): string | undefined {
  const run = readdirSync(temporary).find(name => name.startsWith('prilavok-run-'))
  return run && join(temporary, run)
}

/** What Node has compiled lies elsewhere: the tests name the folder. */
const inside = (temporary: string) => ({ TMPDIR: temporary })

/** Beside a database that is there: no PostgreSQL has to be made first. */
async function simOnDatabase(command: string[]): Promise<Ended> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return prilavok(['sim', 'exec', '--database-url', url, '--', ...command]).ended
}

const node = (program: string) => ['sim', 'exec', '--', process.execPath, '--input-type=module', '-e', program]

test('a command runs beside a market of its own, with what it needs in its environment', async () => {
  const temporary = makeOpenFolder()
  const program = `
    const { PRILAVOK_URL: url, PRILAVOK_API_KEY: key, PRILAVOK_ADMIN_TOKEN: token, ...env } = process.env
    const business = 'businesses/' + env.PRILAVOK_BUSINESS_ID
    const get = (path, headers) => fetch(url + path, { headers }).then(answer => answer.json())
    const shops = await get('${operations.getCampaigns.path}', { 'api-key': key })
    const { order } = await get('/admin/v1/' + business + '/orders/' + env.PRILAVOK_ORDER_ID, { authorization: 'Bearer ' + token })
    console.log(shops.campaigns.map(shop => shop.id) + ' ' + env.PRILAVOK_CAMPAIGN_ID + ' ' + order.customerPublicId + ' ' + env.PRILAVOK_CUSTOMER_ID)`

  const ended = await prilavok(node(program), inside(temporary)).ended

  expect(ended).toEqual({ code: 0, out: '1 1 buyer-1 buyer-1', err: '' })
  expect(readdirSync(temporary)).toEqual([])
})

test.each([
  ['its exit code is passed on', ['sh', '-c', 'exit 7'], 7],
  ['a command that a signal ends counts as a shell counts it', ['sh', '-c', 'kill -9 $$'], 137],
  ['its own flags are left to it', ['sh', '-c', '[ "$1$2" = "--seed--verbose" ]', 'sh', '--seed', '--verbose'], 0],
])('%s', async (_what, command, code) => {
  expect(await simOnDatabase(command)).toEqual({ code, out: '', err: '' })
})

test('a run is told which refusals its program never met, beside its own output and exit code', async () => {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const file = join(makeOpenFolder(), 'coverage.json')
  const program = `
    const { PRILAVOK_URL, PRILAVOK_API_KEY, PRILAVOK_BUSINESS_ID, PRILAVOK_ORDER_ID: id } = process.env
    const post = (path, body) => fetch(PRILAVOK_URL + '/v2/businesses/' + PRILAVOK_BUSINESS_ID + path, {
      method: 'POST', headers: { 'api-key': PRILAVOK_API_KEY, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const { result } = await (await post('/chats/new', { context: { type: 'ORDER', id: Number(id) } })).json()
    await post('/chats/message?chatId=' + result.chatId, { message: 'Здравствуйте!' })
    const lost = await post('/chats/message?chatId=404404', { message: 'Где вы?' })
    console.log(lost.status)`
  const flags = ['--coverage', '--coverage-file', file, '--coverage-min', '50', '--database-url', url]
  const command = [process.execPath, '--input-type=module', '-e', program]

  const ended = await prilavok(['sim', 'exec', ...flags, '--', ...command], { PRILAVOK_LANG: 'en' }).ended

  const numbered = Array.from(ended.err.matchAll(/^ +\d+\. (.*)$/gm), ([, title]) => title)
  expect(ended).toMatchObject({ code: 1, out: '404' })
  expect(ended.err).toMatch(/^sendMessageToChat +2 +1 +404 chatNotFound$/m)
  expect(numbered.slice(0, 4)).toEqual([
    expect.stringMatching(/^420 LIMIT_EXCEEDED {2}Hit rate limit of \d+ requests per 1 hour/),
    expect.stringMatching(/^The answer is lost/),
    expect.stringMatching(/^503 SERVICE_UNAVAILABLE/),
    "400 BAD_REQUEST  Chat with id '33' is closed",
  ])
  expect(ended.err).toContain('{"target":"api","fault":"refuse","refusal":"chatClosed","budget":1}')
  expect(ended.err).toContain('--coverage-min asks for 50 %')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ met: 1 })
})

test('a command that is not there is named in one line', async () => {
  const ended = await simOnDatabase(['no-such-program', '--flag'])

  expect(ended.code).toBe(127)
  expect(ended.err).toBe('prilavok: no-such-program: there is no such program: check its name and PATH.\n')
})

test('a signal is passed on to the command, which may finish in its own way', async () => {
  const temporary = makeOpenFolder()
  const program = `process.on('SIGTERM', () => process.exit(3)); console.log('ready'); setInterval(() => {}, 1_000)`
  const sim = prilavok(node(program), inside(temporary))
  await sim.linesUntil('ready')
  sim.child.kill('SIGTERM')

  expect(await sim.ended).toEqual({ code: 3, out: 'ready', err: '' })
  expect(readdirSync(temporary)).toEqual([])
})

test('a signal while it starts stops all, and no command is run', async () => {
  const temporary = makeOpenFolder()
  const sim = prilavok(['sim', 'exec', '--', 'sh', '-c', 'echo run'], inside(temporary))
  await vi.waitUntil(() => runIn(temporary), { interval: 5, timeout: 30_000 })
  sim.child.kill('SIGINT')

  expect(await sim.ended).toEqual({ code: 130, out: '', err: '' })
  expect(readdirSync(temporary)).toEqual([])
})

test('when it is killed, its PostgreSQL and its files do not outlive it', async () => {
  const temporary = makeOpenFolder()
  const sim = prilavok(node('console.log(process.pid); setInterval(() => {}, 1_000)'), inside(temporary))
  const command = Number(await sim.firstLine())
  onTestFinished(() => void process.kill(command, 'SIGKILL'))
  const run = runIn(temporary) ?? ''
  const { pid, socketDir } = readPostmaster(run)
  sim.child.kill('SIGKILL')

  await vi.waitUntil(() => !isRunning(pid), { interval: 20, timeout: 30_000 })
  await vi.waitUntil(() => !existsSync(run) && !existsSync(socketDir), { interval: 20, timeout: 30_000 })
})

test('a database for other programs stays untouched; one that is given is used, once', async () => {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const seen = ['sh', '-c', 'echo "$DATABASE_URL" "$PRILAVOK_DATABASE_URL"']

  const beside = await prilavok(['sim', 'exec', '--', ...seen], { DATABASE_URL: url }).ended
  const first = await prilavok(['sim', 'exec', '--database-url', url, '--', 'sh', '-c', ':']).ended
  const second = await prilavok(['sim', 'exec', '--database-url', url, '--', 'sh', '-c', ':']).ended

  expect(beside).toEqual({ code: 0, out: `${url} `, err: '' })
  expect(first).toEqual({ code: 0, out: '', err: '' })
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining('was set up with another secret') })
})
