import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { inspect, promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MarketClient, PrilavokError } from '#client'
import { answerMaxBytes } from '../../src/client/http/read-body.ts'
import { makeChance } from '../../src/kit/chance.ts'
import { endlessHead, familyNames, hugeBody, hugeBytes, makeHostileAnswer } from '../support/hostile-answers.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { makeQuickClock, quickness } from '../support/quick-clock.ts'

// In the form of a key; no market has it.
const apiKey = 'ACMA:hostileAnswersMustNotMakeTheClientTellIt00:0badcafe'
/** Pieces of the key; none of them may be told. */
const secrets = Array.from({ length: 4 }, (_piece, index) => apiKey.slice(5 + index * 10, 15 + index * 10))
const seed = 20261124
const answersWanted = 10_000
const callers = 24
const pagesMax = 3
const patienceMs = 400

type Call = (market: MarketClient, url: string) => Promise<unknown>

const file = { name: 'photo.png', data: new Uint8Array([1, 2, 3]), type: 'image/png' }
const isId = (value: unknown) => typeof value === 'bigint'
const isDate = (value: unknown) => value instanceof Date && !Number.isNaN(value.getTime())
const isText = (value: unknown) => typeof value === 'string'
const mayBe = (check: Check) => (value: unknown) => value === undefined || check(value)
type Check = (value: unknown) => boolean

/** Whether a value has these fields and each passes. */
const has =
  (fields: Record<string, Check>): Check =>
  value =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check(Reflect.get(value, name)))
const all =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check)

const isContext = has({ type: isText, orderId: mayBe(isId), returnId: mayBe(isId), campaignId: mayBe(isId) })
const isChat = has({
  chatId: isId,
  context: isContext,
  type: isText,
  status: isText,
  createdAt: isDate,
  updatedAt: isDate,
})
const isFile = has({ name: isText, url: isText, sizeBytes: Number.isSafeInteger })
const isMessage = has({
  messageId: isId,
  createdAt: isDate,
  sender: isText,
  text: mayBe(isText),
  files: mayBe(all(isFile)),
})
const isCampaign = has({ campaignId: isId, name: mayBe(isText), businessId: mayBe(isId) })
const isSent = has({ state: state => state === 'sent' })
const isSentOnce = has({ state: state => ['confirmed', 'notSent', 'unknown'].includes(`${state}`) })

async function walk<Item>(pages: AsyncIterable<{ items: Item[] }>): Promise<Item[]> {
  const items: Item[] = []
  let walked = 0
  for await (const page of pages) {
    items.push(...page.items)
    if (++walked === pagesMax) break
  }
  return items
}

/** Every method, and what it may give. */
const methods: Record<string, { call: Call; isGood: Check }> = {
  'chats.list': { call: market => walk(market.chats.list({ limit: 20 }).pages()), isGood: all(isChat) },
  'chats.get': { call: market => market.chats.get(7), isGood: isChat },
  'chats.open': { call: market => market.chats.open({ order: 7 }), isGood: isId },
  'chats.findOrOpen': { call: market => market.chats.findOrOpen({ return: 7 }), isGood: isChat },
  'messages.history': { call: market => walk(market.messages.history(7, { from: 5 }).pages()), isGood: all(isMessage) },
  'messages.get': { call: market => market.messages.get(7, 5), isGood: isMessage },
  'messages.send': { call: market => market.messages.send(7, 'Добрый день'), isGood: isSent },
  'messages.sendFile': { call: market => market.messages.sendFile(7, file), isGood: isSent },
  'messages.sendOnce': { call: market => market.messages.sendOnce(7, 'Добрый день', { since: 5 }), isGood: isSentOnce },
  'messages.download': {
    call: async (market, url) => {
      const answer = await market.messages.download({ ...file, url: `${url}/files/1/7/5`, sizeBytes: 3 })
      await answer.body?.cancel().catch(() => {}) // its line may be cut by now: the caller's to see
      return answer
    },
    isGood: value => value instanceof Response && value.ok,
  },
  'campaigns.list': { call: market => walk(market.campaigns.list().pages()), isGood: all(isCampaign) },
  'campaigns.get': { call: market => market.campaigns.get(7), isGood: isCampaign },
  token: { call: market => market.token(), isGood: has({ name: isText, scopes: all(isText) }) },
}
const methodNames = Object.keys(methods)

function makeClient({ url: baseUrl }: Pick<HostileServer, 'url'>, index = 0): MarketClient {
  const { next: random } = makeChance(seed, 'client', index)
  const timeoutMs = patienceMs * quickness
  return new MarketClient({ apiKey, businessId: 1, baseUrl, parallel: 4, clock: makeQuickClock(), random, timeoutMs })
}

/** What a call did that it must not: an error of no documented class, a value of another type, the key in its words. */
async function misdeedOf(method: string, market: MarketClient, url: string): Promise<string | undefined> {
  const { call, isGood } = methods[method] ?? { call: async () => undefined, isGood: () => false }
  try {
    const value = await call(market, url)
    if (!isGood(value)) return `${method} gave ${inspect(value)}`
    const why = typeof value === 'object' && value && 'why' in value ? value.why : undefined
    return why === undefined ? undefined : misdeedOfError(method, why)
  } catch (error) {
    return misdeedOfError(method, error)
  }
}

function misdeedOfError(method: string, error: unknown): string | undefined {
  if (!(error instanceof PrilavokError)) return `${method} threw ${inspect(error)}`
  return tellsKey(error) ? `${method} told the key: ${inspect(error)}` : undefined
}

const hasSecret = (text: string) => secrets.some(secret => text.includes(secret))

function tellsKey(error: Error): boolean {
  const words = [inspect(error, { depth: 20, showHidden: true }), `${error}`, `${error.stack}`, JSON.stringify(error)]
  return words.some(hasSecret)
}

/** What is held when all garbage is gone, in bytes. What has finalizers goes in several rounds. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc')
  for (let round = 0; round < 10; round++) {
    runInNewContext('gc')()
    await nextTurn()
  }
  return process.memoryUsage().heapUsed
}

const megabyte = 1024 * 1024

test('ten thousand answers that nobody should give make documented errors or declared values, and are not kept', async () => {
  const elsewhere = await startHostileServer({
    answerTo: () => ({ family: 'elsewhere', chunks: [], ending: 'close' }),
    remembers: true,
  })
  const met = new Map<string, number>()
  const server = await startHostileServer({
    answerTo: (request, count) => {
      const answer = makeHostileAnswer(request, { seed, count, apiKey, elsewhere: elsewhere.url })
      met.set(answer.family, (met.get(answer.family) ?? 0) + 1)
      return answer
    },
  })
  const misdeeds: string[] = []
  const clients = Array.from({ length: callers }, (_caller, index) => makeClient(server, index))
  const before = await heldBytes()
  const work = async (market: MarketClient, caller: number) => {
    for (let call = caller; server.given().answers < answersWanted; call++) {
      const misdeed = await misdeedOf(methodNames[call % methodNames.length] ?? '', market, server.url)
      if (misdeed !== undefined) misdeeds.push(misdeed)
    }
  }
  await Promise.all(clients.map(work))

  expect(misdeeds.slice(0, 10)).toEqual([])
  expect(elsewhere.heard.filter(({ head }) => hasSecret(head))).toEqual([])
  for (const family of familyNames) expect(met.get(family) ?? 0, `answers: ${family}`).toBeGreaterThan(5)
  // The answers came to hundreds of megabytes; some kilobytes of each broken one may stay.
  expect((await heldBytes()) - before).toBeLessThan(64 * megabyte)
}, 120_000)

describe('an answer without end', () => {
  // The client's own bound, and what lies in the sockets of both sides.
  const takenMax = answerMaxBytes + 8 * megabyte
  const cases: [string, () => Generator<string>][] = [
    ['spaces', () => hugeBody(' ')],
    ['an open list', () => hugeBody('[')],
    ['a number', () => hugeBody('1')],
    ['a head', endlessHead],
  ]

  test.each(cases)('of %s is hung up on long before it has come', async (_name, chunks) => {
    const server = await startHostileServer({ answerTo: () => ({ family: 'huge', chunks: chunks(), ending: 'close' }) })
    await expect(makeClient(server).messages.send(7, 'Добрый день')).rejects.toThrow(PrilavokError)

    const { answers, bytes } = server.given()
    expect(answers).toBe(1)
    expect(bytes).toBeLessThan(takenMax)
    expect(takenMax).toBeLessThan(hugeBytes / 2)
  })
})

describe('a page of millions of items, as large as the client reads', () => {
  const heapMegabytes = 512
  const program = `
    import { MarketClient } from '#client'
    const market = new MarketClient({ apiKey: 'key', businessId: 1, baseUrl: process.argv[1] })
    const error = await market.chats.list().page().catch(error => error)
    console.log(error.name, error.path)`

  /** In a process of its own, which dies where its heap ends. */
  async function readPageOf(item: string): Promise<string> {
    const [head, tail] = ['{"status":"OK","result":{"chats":[', ']}}']
    const items = `${item},`.repeat((answerMaxBytes - 100) / (item.length + 1)) + item
    const server = createServer((_request, answer) => answer.end(head + items + tail)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
    const flags = [`--max-old-space-size=${heapMegabytes}`, '--input-type=module', '--eval', program]
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, `http://127.0.0.1:${port}`])
    return stdout.trim()
  }

  test.each([
    ['1', 'result.chats[0]'],
    ['[]', 'result.chats[0]'],
    ['{}', 'result.chats[0].chatId'],
    ['"7"', 'result.chats[0]'],
    ['12345678901234567890', 'result.chats[0]'],
  ])('each of them %s, is refused for the first of them and fits into its process', async (item, path) => {
    expect(await readPageOf(item)).toBe(`WireError ${path}`)
  })
})
