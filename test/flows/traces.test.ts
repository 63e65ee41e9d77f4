import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { headers as names, operations } from '#contract'
import { makeTraces } from '#kit'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { prilavok } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeReceiver } from '../support/receiver.ts'
import { cloneDatabase } from '../support/test-market.ts'

type Value = { stringValue?: string; intValue?: number | string }
type Attributes = { key: string; value: Value }[]
type Span = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  attributes: Attributes
}
type Sent = { resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: Span[] }[] }[] }

/** What stands where traces are collected: OTLP over HTTP, as JSON. */
async function startCollector() {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (request.url === '/v1/traces') bodies.push(Buffer.concat(chunks).toString())
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bodies,
    resources: () => bodies.flatMap(body => (JSON.parse(body) as Sent).resourceSpans), // as OTLP says
  }
}

async function startMarket(env: Record<string, string>) {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const args = ['market', '--json', '--port', '0', '--allow-private-webhooks', '--data', makeOpenFolder()]
  const running = prilavok([...args, '--database-url', url], env)
  const { api, adminToken } = JSON.parse(await running.firstLine()) as { api: string; adminToken: string }
  return { at: { url: api, adminToken }, running }
}

const theirTrace = '4bf92f3577b34da6a3ce929d0e0e4736'
const theirSpan = '00f067aa0ba902b7'
const attribute = (attributes: Attributes, name: string) => {
  const { value } = attributes.find(({ key }) => key === name) ?? {}
  return value?.stringValue ?? Number(value?.intValue)
}

test('a request and a notification are spans under the ids that the other side was told, without an address or a secret', async () => {
  const collector = await startCollector()
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
  }
  const { at, running } = await startMarket(env)
  const receiver = await makeReceiver()
  const shop = await makeBusiness(at)
  const buyer = await makeBuyer(at, shop.customer.publicId)
  const wanted = { name: 'CRM', url: `${receiver.url}?key=canary-in-a-query`, types: ['CHAT_MESSAGE_SENT'] }
  await askAdminFor(at, `POST /businesses/${shop.businessId}/subscriptions`, wanted)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  await buyer.ask(`POST ${chat}/messages`, { text: 'canary-words' })
  const asked = await ask(`${at.url}${operations.getCampaigns.path}?canary=1`, {
    headers: { 'api-key': shop.token, [names.traceparent]: `00-${theirTrace}-${theirSpan}-01` },
  })
  await expect
    .poll(() => receiver.arrivals.some(({ body }) => body.notificationType === 'CHAT_MESSAGE_SENT'))
    .toBe(true)
  running.child.kill('SIGINT')
  const { code } = await running.ended

  const [resource] = collector.resources()
  const spans = collector.resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(scope => scope.spans))
  const [, traceId, spanId] = asked.headers.get(names.traceparent)?.split('-') ?? []
  const request = spans.find(span => span.spanId === spanId)
  const told = receiver.arrivals.map(({ headers }) => String(headers[names.traceparent]).split('-')[2])
  const notified = spans.filter(({ name }) => name === 'notify')
  expect(code).toBe(0)
  expect(attribute(resource?.resource.attributes ?? [], 'service.name')).toBe('prilavok-market')
  expect(attribute(resource?.resource.attributes ?? [], 'deployment.environment')).toBe('test')
  expect([traceId, request]).toMatchObject([
    theirTrace,
    { traceId, parentSpanId: theirSpan, name: 'getCampaigns', kind: 2 },
  ])
  expect(attribute(request?.attributes ?? [], 'http.response.status_code')).toBe(200)
  expect(notified.length).toBeGreaterThan(0)
  expect(notified.filter(span => !told.includes(span.spanId) || span.kind !== 3)).toEqual([])
  for (const secret of ['canary', shop.token, buyer.token, at.adminToken, buyer.publicId])
    expect(collector.bodies.join()).not.toContain(secret)
})

test('a caller who does not record a trace has none recorded, unless all are asked for', async () => {
  const collector = await startCollector()
  const { at, running } = await startMarket({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.endpoint}/v1/traces`,
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
  })
  const flags = ['00', '01']
  for (const flag of flags)
    await ask(`${at.url}/openapi.json`, { headers: { [names.traceparent]: `00-${theirTrace}-${theirSpan}-${flag}` } })
  await ask(`${at.url}/openapi.json`)
  running.child.kill('SIGINT')
  await running.ended

  const spans = collector.resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(scope => scope.spans))
  expect(spans).toHaveLength(1)
})

test.each([
  ['no endpoint', {}],
  ['switched off', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' }],
  ['sent nowhere', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_TRACES_EXPORTER: 'none' }],
])('with %s there are no traces', async (_what, environment) => {
  expect(await makeTraces(environment, { service: 'test', version: '0' })).toBeUndefined()
})

const watching = `
  import { registerHooks } from 'node:module'
  const load = (url, context, next) => (process.stderr.write('loaded ' + url + '\\n'), next(url, context))
  registerHooks({ load })`

test('a market that nobody traces loads nothing for it', async () => {
  const { at, running } = await startMarket({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watching)}`,
  })
  await ask(`${at.url}/openapi.json`)
  running.child.kill('SIGINT')
  const { err } = await running.ended

  const loaded = new Set(Array.from(err.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g), ([, name = '']) => name))
  expect(loaded.has('fastify')).toBe(true)
  // Of prom-client, for its exemplars.
  expect([...loaded].filter(name => name.startsWith('@opentelemetry/'))).toEqual(['@opentelemetry/api'])
})
