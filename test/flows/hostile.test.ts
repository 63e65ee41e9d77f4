import { readdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeCall, operationNames, send, useScene } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

afterEach(async () => {
  expect(await send(market, makeCall('sendMessageToChat', scene)), 'the market goes on').toMatchObject({ status: 200 })
})

/** What the server says to these bytes until it hangs up. */
async function say(...parts: (string | Uint8Array)[]): Promise<string> {
  const connection = await openConnection(market.url)
  for (const part of parts) connection.socket.write(part)
  return connection.closed
}

const closing = { connection: 'close' }
describe('what is HTTP, but odd', () => {
  test('five hundred small headers are read', async () => {
    const { headers } = makeCall('getCampaigns', scene)
    const many = Object.fromEntries(Array.from({ length: 500 }, (_header, i) => [`x${i}`, '1']))

    expect(await say(spellHead('GET', '/v2/campaigns', { ...many, ...headers, ...closing }))).toMatch(/^HTTP\/1.1 200 /)
  })

  test('HTTP/1.0 is answered and hung up on', async () => {
    const answer = await say(`GET /v2/campaigns HTTP/1.0\r\napi-key: ${scene.token}\r\n\r\n`)

    expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*"campaigns"/)
  })

  test('who asks whether he may go on is told to', async () => {
    const connection = await openConnection(market.url)
    const { path, headers } = makeCall('getChats', scene)
    connection.socket.write(spellHead('POST', path, { ...headers, expect: '100-continue', 'content-length': 2 }))
    await connection.answered(/100 Continue/)
    connection.socket.write('{}')

    expect(await connection.answered(/"chats"/)).toContain('HTTP/1.1 200 OK')
  })

  test('an offer to speak something else is not taken up', async () => {
    const offer = { connection: 'upgrade, close', upgrade: 'websocket', 'sec-websocket-key': 'x' }

    expect(await say(spellHead('GET', '/v2/campaigns', { ...offer, 'api-key': scene.token }))).toMatch(
      /^HTTP\/1.1 (200|400) /,
    )
  })

  test('fifty requests in one breath are answered in their order', async () => {
    const connection = await openConnection(market.url)
    const asked = Array.from({ length: 50 }, (_each, i) =>
      spellHead('GET', `/v2/campaigns?limit=${i}`, { 'api-key': scene.token }),
    )
    connection.socket.write(asked.join(''))
    connection.socket.write(spellHead('GET', '/healthz', closing))
    const answers = (await connection.closed).split(/(?=HTTP\/1\.1 \d{3} )/)

    expect(answers).toHaveLength(51)
    expect(answers[0]).toContain('rejected value: 0')
    for (const [index, answer] of answers.slice(1, 50).entries()) expect(answer).toContain(`"pageSize":${index + 1}}`)
    expect(answers[50]).toContain('"ok"')
  })
})

describe('who leaves in the middle', () => {
  const json = '{"message":"не до конца"}'
  const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf a file\r\n--b--\r\n'
  const cases = [
    { name: 'sendMessageToChat', type: 'application/json', body: Buffer.from(json) },
    { name: 'sendFileToChat', type: 'multipart/form-data; boundary=b', body: Buffer.from(form) },
  ] as const

  test.each(cases)('of $name, at any byte, has sent nothing and breaks nothing', async ({ name, type, body }) => {
    const before = await countMessages()
    const { path, headers } = makeCall(name, scene)
    const head = Buffer.from(
      spellHead('POST', `${path}?chatId=${scene.chatId}`, {
        ...headers,
        'content-type': type,
        'content-length': body.length,
      }),
    )
    const whole = Buffer.concat([head, body])
    for (let cut = 1; cut < whole.length; cut += 3) {
      const connection = await openConnection(market.url)
      await new Promise(resolve => connection.socket.write(whole.subarray(0, cut), resolve))
      if (cut % 2) connection.socket.destroy()
      else connection.socket.resetAndDestroy()
      await connection.closed
    }

    expect(await countMessages()).toBe(before)
    const metrics = await (await fetch(`${market.url}/metrics`)).text()
    expect(metrics.match(/.*status="5.*/g)).toBeNull()
  })

  test('of an upload leaves no half a file behind', async () => {
    const halves = () => readdirSync(`${market.filesFolder}/incoming`)

    await vi.waitFor(() => expect(halves()).toEqual([]), { timeout: 30_000 })
  })

  test('is no fault of the database', async () => {
    const warnings: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) })
    const another = await startTestMarket({ ...market, log })
    const { path, headers } = makeCall('sendFileToChat', scene)
    const connection = await openConnection(another.url)
    const type = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': form.length }
    connection.socket.write(spellHead('POST', `${path}?chatId=${scene.chatId}`, { ...headers, ...type }))
    connection.socket.write(form.slice(0, 80))
    await vi.waitFor(() => expect(readdirSync(`${market.filesFolder}/incoming`)).toHaveLength(1), { timeout: 30_000 })

    connection.socket.resetAndDestroy()
    await vi.waitFor(() => expect(readdirSync(`${market.filesFolder}/incoming`)).toEqual([]), { timeout: 30_000 })
    await another.stop()

    expect(warnings).toEqual([])
  })

  async function countMessages(): Promise<number> {
    const [row] = await market.sql<[{ count: number }]>`
      select count(*)::integer as count from market.messages where business_id = ${scene.businessId}`
    return row.count
  }
})

describe('ten thousand requests by chance', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '',
      '0',
      '-1',
      '9223372036854775807',
      '9223372036854775808',
      'null',
      '%00',
      '../..',
      "' or 1=1",
      '😀',
      'a'.repeat(500),
    ),
  )
  const value = fc.oneof(word, fc.bigInt().map(String), fc.double())
  const field = fc.constantFrom(
    'message',
    'context',
    'orderId',
    'messageIdFrom',
    'statuses',
    'types',
    'contexts',
    'contextTypes',
    'orderIds',
    'type',
    'id',
    '__proto__',
  )
  const { json } = fc.letrec(tie => ({
    json: fc.oneof(
      { depthSize: 'small' },
      value,
      fc.constantFrom(null, true, 'ORDER', 'NEW', 7),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('json'), { maxLength: 4 }),
    object: fc.dictionary(field, tie('json'), { maxKeys: 4 }),
  }))
  const body = fc.oneof(
    json.map(tree => JSON.stringify(tree) ?? ''),
    fc.tuple(json, fc.nat()).map(([tree, at]) => (JSON.stringify(tree) ?? '').slice(0, at % 40)),
    fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
    fc.constant(''),
  )
  const type = fc.constantFrom(
    undefined,
    'application/json',
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'text/plain',
    'x',
    '',
  )
  const asked = fc.record({
    name: fc.constantFrom(...operationNames),
    verb: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'),
    tail: fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: word }),
    query: fc.dictionary(
      fc.constantFrom('chatId', 'messageId', 'limit', 'pageToken', 'page_token', 'page', 'pageSize', 'x[]'),
      word,
      { maxKeys: 4 },
    ),
    withChat: fc.boolean(),
    key: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: word }),
    type,
    body,
  })

  test('are all answered, and none with 5xx', async () => {
    // The seed makes every run the same; change it to look further.
    const all = fc.sample(asked, { numRuns: 10_000, seed: 20260701 })
    const agent = new Agent({ keepAlive: true, maxSockets: 24 })
    const statuses = new Map<number, number>()
    const queue = all.values()
    const worker = async () => {
      for (const each of queue) {
        const status = await sendOdd(agent, each)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status, JSON.stringify(each)).toBeLessThan(500)
      }
    }

    await Promise.all(Array.from({ length: 24 }, worker))
    agent.destroy()

    for (const status of [200, 400, 401, 404, 405, 415])
      expect(statuses.get(status), `answers ${status}`).toBeGreaterThan(20)
  }, 60_000)

  type Odd = typeof asked extends fc.Arbitrary<infer Value> ? Value : never

  function sendOdd(agent: Agent, { name, verb, tail, query, withChat, key, type, body }: Odd): Promise<number> {
    const call = makeCall(name, scene)
    const search = new URLSearchParams({ ...query, ...(withChat && call.query) })
    const headers = {
      'api-key': key === undefined ? scene.token : encodeURIComponent(key.toWellFormed()),
      'content-length': Buffer.byteLength(body),
      ...(type !== undefined && { 'content-type': type }),
    }
    return new Promise((resolve, reject) => {
      const path = `${call.path}${encodeURIComponent(tail.toWellFormed())}?${search}`
      const asking = request(market.url + path, { agent, method: verb, headers })
      asking.on('response', response => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      })
      asking.on('error', reject)
      asking.end(body)
    })
  }
})
