import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { createServer as createSafeServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#kit'
import { Mask } from '../../src/cli/record/recorder/mask.ts'
import { makeProxy } from '../../src/cli/record/recorder/proxy.ts'
import type { Exchange } from '../../src/cli/record/recorder/recording.ts'
import { MarketClient } from '../../src/client/index.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeAuthority, makeCertificate } from '../support/certificates.ts'
import { prilavok } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A proxy before such a target, and the exchanges that it tells. */
async function proxyTo(target: RequestListener | string, silenceMs?: number) {
  const url = typeof target === 'string' ? target : await listening(createServer(target))
  const told: Exchange[] = []
  const waiting: ((exchange: Exchange) => void)[] = []
  const onExchange = (exchange: Exchange) => {
    told.push(exchange)
    waiting.shift()?.(exchange)
  }
  const options = { target: new URL(url), mask: new Mask(), clock: systemClock, onExchange }
  const proxy = await listening(makeProxy({ ...options, ...(silenceMs !== undefined && { silenceMs }) }))
  const next = () => new Promise<Exchange>(resolve => waiting.push(resolve))
  return { proxy, told, next }
}

test('a shop works through the recorder as without it, and nothing of key, name, contact or file gets into the file', async () => {
  const business = await makeBusiness(market)
  const { businessId, customer } = business
  const chatId = await business.makeChat()
  const path = `/businesses/${businessId}` as const
  await askAdminFor(market, `PUT /customers/${customer.publicId}`, { name: 'Анна Соколова' })
  const said = { text: 'Это Соколова, +7 912 345-67-89, anna@example.org' }
  await askAdminFor(market, `POST ${path}/chats/${chatId}/customer-messages`, said)
  const key = { name: 'Запись', scopes: ['all-methods'] }
  const { token } = await askAdminFor<{ token: string }>(market, `POST ${path}/keys`, key)
  const file = join(makeOpenFolder(), 'a.jsonl')
  const recorder = prilavok(['record', '--to', file, '--target', market.url, '--port', '0'])
  const baseUrl = /http:\/\/127\.0\.0\.1:\d+$/.exec(await recorder.firstLine())?.[0] ?? ''

  const client = new MarketClient({ baseUrl, apiKey: token, businessId: BigInt(businessId) })
  const read = await Array.fromAsync(client.messages.history(chatId))
  await client.messages.send(chatId, 'Здравствуйте, Анна!')
  await client.messages.sendFile(chatId, { name: 'a.txt', data: new TextEncoder().encode('файл Соколовой') })
  await Array.fromAsync(client.orders.list())
  recorder.child.kill('SIGINT')
  const { code } = await recorder.ended

  const text = readFileSync(file, 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const sent = await askAdminFor<{ messages: { sender: string }[] }>(market, `GET ${path}/chats/${chatId}/messages`)
  expect([code, read.length, sent.messages.length]).toEqual([0, 1, 3])
  expect(lines[0]).toMatchObject({ prilavok: 'recording', version: 1, target: market.url })
  expect(lines.slice(1).map(({ operation, status }) => [operation, status])).toEqual([
    ['getChatHistory', 200],
    ['sendMessageToChat', 200],
    ['sendFileToChat', 200],
    ['getBusinessOrders', 200],
  ])
  expect(lines.at(-1).response).toEqual({ bytes: expect.any(Number) })
  expect(text).toContain('Это ***, ***, ***@***')
  expect(text).toContain('Здравствуйте, ***!')
  for (const secret of [token, token.slice(5, 45), 'Соколов', '912', 'anna', 'файл'])
    expect([secret, text.includes(secret)]).toEqual([secret, false])
})

test('a target over TLS is called under its own name; one whose certificate nobody known has signed is not called', async () => {
  const authority = makeAuthority('an authority of the tests')
  const folder = makeOpenFolder()
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, authority.cert)
  const hosts: (string | undefined)[] = []
  const safe = createSafeServer(makeCertificate({ names: ['127.0.0.1'] }, authority), ({ headers }, response) => {
    hosts.push(headers.host)
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"status":"OK","result":{"chats":[],"paging":{}}}')
  })
  const { host } = new URL(await listening(safe))
  const record = async (name: string, env: Record<string, string>) => {
    const to = ['--to', join(folder, name), '--target', `https://${host}`, '--port', '0']
    const baseUrl = /http:\/\/127\.0\.0\.1:\d+$/.exec(await prilavok(['record', ...to], env).firstLine())?.[0]
    const headers = { 'content-type': 'application/json' }
    return ask(`${baseUrl}/v2/businesses/1/chats`, { method: 'POST', headers, json: {} })
  }

  const [known, unknown] = [await record('a', { NODE_EXTRA_CA_CERTS: ca }), await record('b', {})]

  expect([known.status, known.text, hosts]).toEqual([200, expect.stringContaining('"chats"'), [host]])
  expect([unknown.status, unknown.text]).toEqual([502, expect.stringMatching(/does not answer \(\w*CERT\w*|UNABLE/)])
})

test('a target that is away, silent, or breaks off is told as that, and the caller sees it too', async () => {
  const gone = createServer()
  const away = await proxyTo(await listening(gone))
  gone.close()
  await once(gone, 'close')
  const silent = await proxyTo(() => {}, 50)
  const broken = await proxyTo((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half')
    setImmediate(() => response.destroy())
  })

  const statuses = [await fetch(away.proxy), await fetch(silent.proxy)].map(({ status }) => status)
  const half = fetch(broken.proxy).then(answer => answer.text())

  await expect(half).rejects.toThrow()
  expect(statuses).toEqual([502, 502])
  expect([away, silent, broken].flatMap(({ told }) => told.map(({ failure }) => failure))).toEqual([
    'ECONNREFUSED',
    'ETIMEDOUT',
    'ECONNRESET',
  ])
})

test('who hangs up leaves no request at the target, and no other target is called for anybody', async () => {
  const left = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const { proxy, next } = await proxyTo((_request, response) => {
    response.on('close', () => left.resolve())
    arrived.resolve()
  })
  const aborting = new AbortController()
  const told = next()
  const call = fetch(proxy, { signal: aborting.signal })
  await arrived.promise
  aborting.abort()

  await expect(call).rejects.toThrow()
  await left.promise
  expect((await told).failure).toBe('aborted')
  const { hostname, port } = new URL(proxy)
  const asked = request({ hostname, port, path: 'http://example.org/' }).end()
  const [answer] = await once(asked, 'response')
  expect(answer.statusCode).toBe(400)
})

test('a recording is replayed: the chats that were there, then what came, and what went wrong', async () => {
  const history = (messages: object[]) => ({
    ...{
      atMs: 1,
      durationMs: 1,
      operation: 'getChatHistory',
      method: 'POST',
      url: '/v2/businesses/1/chats/history?chatId=7',
    },
    ...{
      status: 200,
      response: { json: { status: 'OK', result: { context: { type: 'ORDER', orderId: 5 }, messages, paging: {} } } },
    },
  })
  const message = (messageId: number, at: string, text: string) => ({
    messageId,
    createdAt: at,
    sender: 'CUSTOMER',
    message: text,
  })
  const lines = [
    { prilavok: 'recording', version: 1, target: 'https://example.org', startedAt: '2026-03-01T12:00:00.000Z' },
    history([message(1, '2026-03-01T11:00:00Z', 'Было'), message(2, '2026-03-01T13:00:00Z', 'Стало')]),
    { atMs: 5, durationMs: 1, operation: 'getChats', method: 'POST', url: '/', status: 420 },
  ]
  const file = join(makeOpenFolder(), 'a.jsonl')
  writeFileSync(file, `${lines.map(line => JSON.stringify(line)).join('\n')}\n{"cut`)
  const env = { PRILAVOK_URL: market.url, PRILAVOK_ADMIN_TOKEN: market.adminToken }

  const { code, out, err } = await prilavok(['replay', file, '--fast', '--faults', '--at-once'], env).ended

  const [, businessId = '', apiKey = ''] = /BUSINESS_ID=(\d+) PRILAVOK_API_KEY=(\S+)/.exec(out) ?? []
  const client = new MarketClient({ baseUrl: market.url, apiKey, businessId: BigInt(businessId) })
  const refused = await ask(`${market.url}/v2/businesses/${businessId}/chats`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: {},
  })
  const [chat] = await Array.fromAsync(client.chats.list())
  const messages = await Array.fromAsync(client.messages.history(chat?.chatId ?? 0n))
  expect([code, err, refused.status]).toEqual([0, '', 420])
  expect(messages.map(({ text }) => text)).toEqual(['Было', 'Стало'])
})
