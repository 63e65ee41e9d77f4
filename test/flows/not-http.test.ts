import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCall, useScene } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

/** What the server says to these bytes until it hangs up. */
async function say(...parts: (string | Uint8Array)[]): Promise<string> {
  const connection = await openConnection(market.url)
  for (const part of parts) connection.socket.write(part)
  return connection.closed
}

const envelopeOf = (status: number) =>
  new RegExp(
    `^HTTP/1.1 ${status} [\\s\\S]*\\r\\n\\r\\n{"status":"ERROR","errors":\\[{"code":"[A-Z_]+","message":"[^"]+"}\\]}$`,
  )

test.each<[title: string, bytes: string | Uint8Array]>([
  ['chance', randomBytes(4096)],
  ['the beginning of TLS', Buffer.from('160301020001000101fc0303', 'hex')],
  ['a line of words', 'привет, рынок\r\n\r\n'],
  ['an unknown verb', 'STEAL /v2/campaigns HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['a version of the future', 'GET /v2/campaigns HTTP/9.9\r\nhost: x\r\n\r\n'],
  ['a header without a name', 'GET /v2/campaigns HTTP/1.1\r\n: x\r\n\r\n'],
  ['a NUL in a header', 'GET /v2/campaigns HTTP/1.1\r\nhost: a\0b\r\n\r\n'],
  [
    'lengths that contradict each other',
    'POST /v2/auth/token HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
  ],
  [
    'a length and chunks',
    'POST /v2/auth/token HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
  ],
  ['a negative length', 'POST /v2/auth/token HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
  ['headers of more than 16 KB', spellHead('GET', '/v2/campaigns', { 'x-bomb': 'x'.repeat(17 * 1024) })],
  ['an address of more than 16 KB', spellHead('GET', `/v2/campaigns?${'x'.repeat(17 * 1024)}`)],
])('%s is answered with 400 in the envelope and hung up on', async (_title, bytes) => {
  expect(await say(bytes)).toMatch(envelopeOf(400))
})

test('HEAD with headers of more than 16 KB is answered with 400 and no body', async () => {
  const said = await say(spellHead('HEAD', '/v2/campaigns', { 'x-bomb': 'x'.repeat(17 * 1024) }))

  expect(said).toMatch(/^HTTP\/1.1 400 [\s\S]*content-length: [1-9][\s\S]*\r\n\r\n$/)
  expect(said).not.toContain('{')
})

test('a chunk that is no chunk is answered with 400', async () => {
  const { path, headers } = makeCall('getChats', scene)
  const head = spellHead('POST', path, { ...headers, 'transfer-encoding': 'chunked' })

  expect(await say(head, 'zz\r\n{}\r\n0\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
})

const close = 'connection: close\r\n\r\n'
test.each<[title: string, head: string, status: number]>([
  ['without a host', 'GET / HTTP/1.1\r\n', 400],
  ['for a host that is none', 'GET / HTTP/1.1\r\nhost: a b/c\r\n', 400],
  ['with an expectation that nobody knows', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\n', 417],
])('a request %s is refused in the words of the API it asks', async (_title, head, status) => {
  const [published, own] = [
    `${head.replace('/', '/v2/campaigns')}${close}`,
    `${head.replace('/', '/buyer/v1/chats')}${close}`,
  ]

  expect(await say(published)).toMatch(envelopeOf(status))
  expect(await say(own)).toMatch(
    new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*application/problem\\+json[\\s\\S]*"status":${status}`),
  )
})

test('what follows an answered request and is no HTTP is answered with 400', async () => {
  const connection = await openConnection(market.url)
  connection.socket.write(spellHead('GET', '/healthz'))
  await connection.answered(/"ok"/)
  connection.socket.write('привет, рынок\r\n\r\n')

  expect((await connection.closed).split(/(?=HTTP\/1\.1 )/).map(answer => answer.slice(9, 12))).toEqual(['200', '400'])
})

test('a message is not answered with 400 because of what follows it', async () => {
  const { path, query, headers } = makeCall('sendMessageToChat', scene)
  const text = `{"message":"${crypto.randomUUID()}"}`
  const target = `${path}?${new URLSearchParams(query)}`
  const head = spellHead('POST', target, { ...headers, 'content-length': text.length })

  const said = await say(`${head}${text}no HTTP\r\n\r\n`)

  expect(said).toBe('')
  await expect
    .poll(async () => (await scene.call(`/chats/history?chatId=${scene.chatId}`, {})).text)
    .toContain(text.slice(12, -2))
})

test('a request that breaks off in its body is not answered in place of the one before it', async () => {
  const { path, headers } = makeCall('getChats', scene)
  const whole = spellHead('POST', path, { ...headers, 'content-length': 2 })
  const chunked = spellHead('POST', path, { ...headers, 'transfer-encoding': 'chunked' })

  expect(await say(`${whole}{}${chunked}zz\r\n`)).toBe('')
})
