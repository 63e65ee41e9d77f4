import { beforeAll, expect, test } from 'vitest'
import { isWriting } from '#conformance'
import { operations } from '#contract'
import { type BendingProxy, startBendingProxy } from '../support/bending-proxy.ts'
import { type Ended, prilavok } from '../support/command.ts'
import { type ConformanceScene, makeConformanceScene } from '../support/conformance-scene.ts'
import { useMarket } from '../support/test-market.ts'
import { wrongs } from '../support/wrongs.ts'

const market = useMarket()
let scene: ConformanceScene
beforeAll(async () => {
  scene = await makeConformanceScene(market)
})

const run = (url: string, args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  prilavok(['conformance', '--url', url, ...args], { PRILAVOK_API_KEY: scene.token, ...env }).ended

const stateOfChats = () => market.sql`
  select chat_id, type, status, updated_at, (select count(*) from market.messages m where m.chat_id = c.chat_id) as messages
    from market.chats c order by chat_id`

const writingPaths = Object.values(operations)
  .filter(({ name }) => isWriting(name))
  .map(({ path }) => path.replace(/^.*\}/, ''))

function writesIn({ asked }: BendingProxy) {
  return asked.filter(({ verb, path, headers }) => {
    const isThere = writingPaths.some(end => path.toLowerCase().includes(end))
    const isByKey = headers['api-key'] !== undefined || headers.authorization !== undefined
    return (verb === 'POST' && isThere) || (isByKey && !['GET', 'HEAD', 'OPTIONS', 'POST'].includes(verb))
  })
}

test('a run that only reads sends no operation that writes, two requests at once at the most, and changes nothing', {
  timeout: 300_000,
}, async () => {
  const proxy = await startBendingProxy(market.url)
  const before = await stateOfChats()

  const { code, out, err } = await run(proxy.url, ['--read-only', '--json'], {
    PRILAVOK_EXTRA_KEYS: scene.extraKeys.join(),
  })

  const report = JSON.parse(out)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(report).toMatchObject({
    format: 1,
    isReadOnly: true,
    isComplete: true,
    counts: { differs: 0, differsFromChoice: 0 },
  })
  expect(report.counts.held).toBeGreaterThan(1100)
  expect(
    report.checks
      .filter(({ writes }: { writes: boolean }) => !writes)
      .every(({ verdict }: { verdict: string }) => verdict === 'held'),
  ).toBe(true)
  expect(proxy.asked.length).toBeGreaterThan(1100)
  expect(writesIn(proxy)).toEqual([])
  expect(proxy.maxAtOnce).toBeLessThanOrEqual(2)
  expect(await stateOfChats()).toEqual(before)
})

test('what differs is told with what was sent, what was expected and why, and what came; no key is in it', async () => {
  const proxy = await startBendingProxy(market.url, wrongs)

  const { code, out, err } = await run(proxy.url, ['--operation', 'getCampaigns', '--verbose'])

  expect(code).toBe(1)
  expect(err).toMatch(/^\d+ checks, \d+ calls at the most, 2 at once at the most\.\n$/)
  expect(out).toContain(`
  ✗ limit 101 is refused with 400
      sent        GET /v2/campaigns?limit=101
                  api-key: ACMA:${scene.token.slice(5, 9)}…
      expected    status: 400
                  (by the published schema of the operation)
      came        status: 200
                  200
                  {"campaigns":[],"paging":{}}
`)
  expect(out).toContain('(differs from our market, see compat: unknown fields and parameters)')
  expect(out).toMatch(/\n +\d+ {2}needs a key with one scope alone: give one with --extra-key\n/)
  expect(out).toMatch(/\n {2}getCampaigns +\d+ of 1,000 an hour\n/)
  expect(out.split('\n').at(-1)).toBe('4 differ from the published contract, 4 from choices of our market.')
  expect([scene.token, 'Лавка', 'Кабинет'].filter(secret => out.includes(secret))).toEqual([])
})

test('the report is Russian for a Russian reader', async () => {
  const proxy = await startBendingProxy(market.url, wrongs)

  const { code, out } = await run(proxy.url, ['--operation', 'getAuthTokenInfo'], { LC_ALL: 'ru_RU.UTF-8' })

  expect(code).toBe(1)
  expect(out).toContain('ожидалось   body.result.apiKey.name: string\n')
  expect(out).toContain('(источник: опубликованная схема операции)')
  expect(out.split('\n').at(-1)).toMatch(
    /^Расхождений с опубликованным контрактом: \d+, отличий от решений нашего маркета: 0\.$/,
  )
  expect(out).not.toMatch(/\b(held|differ|checked|expected)\b/)
})

test('a plan tells what a run costs and sends nothing', async () => {
  const { code, out } = await run('http://127.0.0.1:9', ['--plan'])

  expect(code).toBe(0)
  expect(out).toMatch(/\ngetAuthTokenInfo +\d+ +\d+ +100\n/)
  expect(out).not.toContain('sendMessageToChat')
})

test.each<[title: string, url: string | undefined, args: string[], line: string]>([
  ['writing and not writing', undefined, ['--write-to-chat', '1', '--read-only'], 'exclude each other.'],
  ['a chat that is not there', undefined, ['--write-to-chat', '2'], 'cannot be read (getChat answers 404)'],
  [
    'a key that is not taken',
    undefined,
    ['--api-key', 'x'],
    'does not take the key (401 Api-Key token prefix invalid): check --api-key',
  ],
  ['another business', undefined, ['--business', '77'], 'the key does not open business 77 (getChats answers 403)'],
  ['a server that is away', 'http://127.0.0.1:9', [], 'no answer came: connect ECONNREFUSED'],
])('%s: the run is refused with 2', async (_title, url, args, line) => {
  const ended = await run(url ?? market.url, args)

  expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining(line) })
})
