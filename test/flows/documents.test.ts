import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { notificationTypes } from '#contract'
import { ask } from '../support/http.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })
const paths = [
  '/openapi.json',
  '/admin/openapi.json',
  '/buyer/openapi.json',
  '/lab/openapi.json',
  '/docs/',
  '/docs/js/scalar.js',
]

/** As the bytes are: fetch unpacks, and asks no cache that it does not know. */
async function askRaw(path: string, headers: Record<string, string> = {}) {
  const connection = await openConnection(market.url)
  connection.socket.write(spellHead('GET', path, { ...headers, connection: 'close' }))
  const [head = '', ...body] = (await connection.closed).split('\r\n\r\n')
  return { head, body: Buffer.from(body.join('\r\n\r\n'), 'latin1') }
}

describe.each(paths)('%s', path => {
  test('is not sent again to who has it', async () => {
    const etag = (await ask(market.url + path)).headers.get('etag') ?? ''
    const [same, other] = [
      await askRaw(path, { 'if-none-match': `"x", ${etag}` }),
      await askRaw(path, { 'if-none-match': '"x"' }),
    ]

    expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
    expect(same.head).toMatch(/^HTTP\/1.1 304 /)
    expect(same.body).toHaveLength(0)
    expect(other.head).toMatch(/^HTTP\/1.1 200 /)
  })

  test('comes packed to who takes that, and says the same', async () => {
    const [plain, packed] = [await askRaw(path), await askRaw(path, { 'accept-encoding': 'br, gzip' })]
    const refused = await askRaw(path, { 'accept-encoding': 'gzip;q=0, br' })

    expect(packed.head).toContain('content-encoding: gzip')
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true)
    expect(refused.body.equals(plain.body)).toBe(true)
    expect(plain.head).toContain('vary: accept-encoding')
  })
})

type Document = {
  info: { contact?: { name: string } }
  tags: { name: string; description?: string }[]
  security: object[]
  paths: Record<string, Record<string, Operation>>
  webhooks?: Record<string, { post: Operation & { requestBody: { content: Record<string, object> } } }>
  components: { securitySchemes: Record<string, object> }
}
type Operation = {
  operationId: string
  security?: object[]
  parameters: { name: string; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
}
const readDocument = async (path: string) => (await ask(market.url + path)).body as Document // as OpenAPI has it
const bodyOf = (operation?: Operation) => operation?.requestBody?.content['application/json']?.schema

test.each(paths.filter(path => path.endsWith('.json')))(
  '%s says whom to ask, and what its tags are about',
  async path => {
    const { info, tags } = await readDocument(path)

    expect(info.contact?.name).toBeTruthy()
    for (const { name, description } of tags) expect(description, name).toMatch(/\.$/)
  },
)

test('the document of the shop has both ways to send a key, and the one that getAuthTokenInfo takes', async () => {
  const { security, components, paths } = await readDocument('/openapi.json')

  expect(components.securitySchemes).toMatchObject({
    ApiKey: { type: 'apiKey', name: 'Api-Key', in: 'header' },
    Bearer: { type: 'http', scheme: 'bearer' },
  })
  expect(security).toEqual([{ ApiKey: [] }, { Bearer: [] }])
  expect(paths['/v2/auth/token']?.['post']?.security).toEqual([{ ApiKey: [] }])
  expect(paths['/v2/campaigns']?.['get']?.security).toBeUndefined()
})

test('the document of the shop shows a sample of every notification, with the headers of its signature', async () => {
  const { webhooks = {} } = await readDocument('/openapi.json')
  const shown = Object.entries(webhooks).map(([type, { post }]) => [type, post.requestBody.content['application/json']])

  expect(Object.keys(webhooks)).toEqual([...notificationTypes])
  for (const [type, body] of shown) expect(body).toMatchObject({ example: { notificationType: type } })
  const { parameters = [] } = webhooks['CHAT_MESSAGE_SENT']?.post ?? {}
  expect(parameters.map(({ name }) => name)).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature'])
})

test('the documents say which stickers there are, which statuses can be asked for, and what excludes what', async () => {
  const [admin, buyer] = [await readDocument('/admin/openapi.json'), await readDocument('/buyer/openapi.json')]
  const { parameters = [] } = admin.paths['/admin/v1/businesses/{businessId}/requests']?.['get'] ?? {}
  const status = parameters.find(({ name }) => name === 'status')?.schema as { pattern: string } // a text with a pattern

  const withStickers = { properties: { sticker: { enum: expect.arrayContaining(['hello', 'gift']) } } }
  expect(bodyOf(buyer.paths['/buyer/v1/businesses/{businessId}/chats/{chatId}/stickers']?.['post'])).toMatchObject(
    withStickers,
  )
  expect(['404', '4xx', '5xx'].every(text => new RegExp(status.pattern).test(text))).toBe(true)
  expect(['40', 'xxx', '4000', '600'].some(text => new RegExp(status.pattern).test(text))).toBe(false)
  expect(bodyOf(buyer.paths['/buyer/v1/chats']?.['post'])).toMatchObject({ not: { required: ['orderId', 'returnId'] } })
})

test('README and docs/compat.md promise the operations that are there, and no other', async () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
  const [section = ''] = /^## Operations\n[\s\S]*?\n## /m.exec(read('docs/compat.md')) ?? []
  const named = Array.from(section.matchAll(/^\| ([a-z]\w+) \| (?:same|the same)/gm), ([, name]) => name)
  const { paths } = await readDocument('/openapi.json')
  const served = Object.values(paths).flatMap(verbs => Object.values(verbs).map(({ operationId }) => operationId))

  expect(named.sort()).toEqual(served.sort())
  expect(served).toHaveLength(11)
  for (const path of ['README.md', 'docs/compat.md']) expect(read(path)).toContain('eleven operations')
})

test.each(['', 'shop', 'a:8080', '[::1]:80'])('/docs/ is there for the host %j', async host => {
  const { head, body } = await askRaw('/docs/', { host })

  expect(head).toMatch(/^HTTP\/1.1 200 /)
  expect(body.toString()).toContain('Prilavok')
})

test('/docs leads to the page', async () => {
  expect((await askRaw('/docs', { host: '' })).head).toMatch(/^HTTP\/1.1 301 [\s\S]*location: \/docs\/\r\n/)
})

test('metrics that many ask for are put together once', async () => {
  const { registry } = market.running.market.metrics
  let times = 0
  const write = registry.metrics.bind(registry)
  registry.metrics = () => {
    times++
    return write()
  }

  const texts = await Promise.all(Array.from({ length: 20 }, async () => (await ask(`${market.url}/metrics`)).text))

  expect(texts[0]).toContain('prilavok_requests_total')
  // Two if a second ended in the middle.
  expect(times).toBeLessThanOrEqual(2)
  expect(new Set(texts).size).toBe(times)
})

test('metrics with a port of their own are nowhere else', async () => {
  const running = await startTestMarket({ ...market, metricsPort: 0, log: market.running.market.log })
  const { url, metricsUrl = '' } = running
  const [own, none, nothingElse] = await Promise.all([
    ask(metricsUrl),
    ask(`${url}/metrics`),
    ask(metricsUrl.replace('metrics', 'healthz')),
  ])
  await running.stop()

  expect(new URL(metricsUrl).port).not.toBe(new URL(url).port)
  expect(own.text).toContain('prilavok_requests_total')
  expect([none.status, nothingElse.status]).toEqual([404, 404])
  await expect(ask(metricsUrl)).rejects.toThrow()
})

test('a port of the metrics that is taken is told by its flag', async () => {
  const taken = Number(new URL(market.url).port)
  const starting = startTestMarket({ ...market, metricsPort: taken, log: market.running.market.log })

  await expect(starting).rejects.toThrow(`or give --metrics-port (0 takes a free one)`)
})
