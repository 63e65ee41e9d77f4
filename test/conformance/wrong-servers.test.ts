/** The suite before servers that are wrong: it names what is wrong, and nothing else. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Check, checks, nameOf, runCheck, runSuite, Sender, type Subject, type Suite } from '#conformance'
import { systemClock } from '#kit'
import { type Bend, startBendingProxy } from '../support/bending-proxy.ts'
import { makeConformanceScene, makeSuite } from '../support/conformance-scene.ts'
import { useMarket } from '../support/test-market.ts'
import { wrongs } from '../support/wrongs.ts'

const market = useMarket()
let suite: Suite

beforeAll(async () => {
  suite = await makeSuite(market, await makeConformanceScene(market), { parallel: 8 })
})

/** The suite, as it found the market, before another server. */
function suiteBefore(baseUrl: string): Suite {
  const { signal } = new AbortController()
  return { ...suite, sender: new Sender({ baseUrl, parallel: 8, isReadOnly: false, clock: systemClock, signal }) }
}

/** A server that gives everybody the same answer. */
async function startSame(status: number, text: string): Promise<string> {
  const server = createServer((asking, answering) => {
    asking.resume().on('end', () => answering.writeHead(status).end(text))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port, not on a pipe
}

async function heldBefore(own: readonly Check[], suite: Suite): Promise<string[]> {
  const results = await Promise.all(own.map(check => runCheck(check, suite)))
  return results.filter(({ outcome }) => outcome.verdict === 'held').map(({ check }) => nameOf(check))
}

const patienceMs = 300_000

test('no check holds before a server that answers nonsense', { timeout: patienceMs }, async () => {
  expect(await heldBefore(checks, suiteBefore(await startSame(418, 'nonsense')))).toEqual([])
})

test('no check of a refusal holds before a server that accepts everything', { timeout: patienceMs }, async () => {
  const refusals = checks.filter(({ rule }) => rule.en.includes('is refused'))

  expect(refusals.length).toBeGreaterThan(1000)
  expect(await heldBefore(refusals, suiteBefore(await startSame(200, '{}')))).toEqual([])
})

test.each<[what: string, at: string, bent: { status: number; text: string }]>([
  ['says OK and leaves the chat as it is', 'result.status', { status: 200, text: '{"status":"OK"}' }],
  ['refuses it as forbidden', 'status', { status: 403, text: '{"status":"ERROR","errors":[]}' }],
  [
    'refuses it in other words',
    'errors[].message',
    { status: 400, text: '{"status":"ERROR","errors":[{"code":"BAD_REQUEST","message":"The chat is over"}]}' },
  ],
])('a server that gets a message to a finished chat and %s differs from our choice', async (_what, at, bent) => {
  const answers: Bend['answers'] = (answered, { verb }) => (verb === 'POST' ? { ...answered, ...bent } : undefined)
  const { url } = await startBendingProxy(market.url, [{ answers }])
  const own = checks.filter(({ needs }) => needs.includes('finishedChat'))

  const results = await runSuite(own, { ...suiteBefore(url), parallel: 1 }, () => {})

  const seen = results.map(({ outcome }) =>
    outcome.verdict === 'differsFromChoice' ? outcome.differences.map(each => each.at) : outcome,
  )
  expect(seen).toEqual([[at], [at]])
})

test('one wrong thing of each kind is told of by its checks and by no others', { timeout: patienceMs }, async () => {
  const { url } = await startBendingProxy(market.url, wrongs)
  const looked: Subject[] = ['getChat', 'getCampaign', 'getCampaigns', 'getBusinessOrders', 'getAuthTokenInfo']
  const own = checks.filter(({ subject }) => looked.includes(subject))

  const results = await runSuite(own, { ...suiteBefore(url), parallel: 8 }, () => {})

  const differing = results.filter(({ outcome }) => outcome.verdict !== 'held')
  expect(differing.map(({ check, outcome }) => `${nameOf(check)}: ${outcome.verdict}`).sort()).toEqual(
    wrongs.flatMap(({ told, verdict = 'differs' }) => told.map(name => `${name}: ${verdict}`)).sort(),
  )
})
