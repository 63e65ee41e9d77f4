import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileMaxBytes, textMaxLength } from '#contract'
import { makeFakedClient, secret } from '../../test/support/client-clocks.ts'
import { InvalidInput, MarketClient } from './index.ts'

const bytes = (length: number) => new Uint8Array(length)
/** A stream without end, and how much of it was taken. */
function makeEndless() {
  const taken = { bytes: 0, isCancelled: false }
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += 65_536
      controller.enqueue(bytes(65_536))
    },
    cancel() {
      taken.isCancelled = true
    },
  })
  return { stream, taken }
}

function makeStreamOf(chunk: unknown): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(chunk as Uint8Array) // what a JavaScript caller may give
      controller.close()
    },
  })
}

async function makeVanished() {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-vanished-'))
  const path = join(folder, 'a.png')
  writeFileSync(path, 'x')
  const data = await openAsBlob(path)
  rmSync(folder, { recursive: true })
  return { name: 'a.png', data }
}

const wrongs: [string, (client: MarketClient) => unknown][] = [
  ['an id of zero', client => client.chats.get(0)],
  ['an id with a fraction', client => client.chats.get(1.5)],
  ['an id that a number cannot hold', client => client.chats.get(2 ** 53)],
  ['an id beyond 64 bits', client => client.chats.get(2n ** 63n)],
  ['an id of letters', client => client.messages.get(1, '12x')],
  ['an empty id', client => client.messages.history('')],
  ['a page of none', client => client.chats.list({ limit: 0 })],
  ['a page larger than the market has', client => client.chats.list({ limit: 21 })],
  ['a history page larger than the market has', client => client.messages.history(1, { limit: 101 })],
  ['a filter of nothing', client => client.chats.list({ statuses: [] })],
  ['an empty text', client => client.messages.send(1, ' \n ')],
  ['a text too long', client => client.messages.send(1, 'я'.repeat(textMaxLength + 1))],
  ['a key of the caller with a space', client => client.messages.send(1, 'a', { idempotencyKey: 'a b' })],
  ['a key of the caller too long', client => client.messages.send(1, 'a', { idempotencyKey: 'k'.repeat(201) })],
  ['an empty file', client => client.messages.sendFile(1, { name: 'a.png', data: bytes(0) })],
  ['a nameless file', client => client.messages.sendFile(1, { name: '', data: bytes(1) })],
  ['a file too large', client => client.messages.sendFile(1, { name: 'a.png', data: bytes(fileMaxBytes + 1) })],
  ['a Blob too large', client => client.messages.sendFile(1, new File([bytes(fileMaxBytes + 1)], 'a.png'))],
  ['a stream too long', client => client.messages.sendFile(1, { name: 'a.png', data: makeEndless().stream })],
  ['a stream of text', client => client.messages.sendFile(1, { name: 'a.txt', data: makeStreamOf('12') })],
  [
    'a stream of wider numbers',
    client => client.messages.sendFile(1, { name: 'a', data: makeStreamOf(new Uint16Array(2)) }),
  ],
  ['a file that is no longer there', async client => client.messages.sendFile(1, await makeVanished())],
  ['an address that is none', client => client.messages.download({ name: 'a', url: 'javascript:1', sizeBytes: 1 })],
]

test.each(wrongs)('%s is refused before any request', async (_what, call) => {
  const { client, requests } = makeFakedClient([() => new Error('asked')])
  await expect((async () => call(client))()).rejects.toBeInstanceOf(InvalidInput)
  expect(requests).toEqual([])
})

test('no more is read of an endless file than may be sent', async () => {
  const { client } = makeFakedClient([() => new Error('asked')])
  const { stream, taken } = makeEndless()
  await client.messages.sendFile(1, { name: 'a.png', data: stream }).catch(() => {})

  expect(taken.isCancelled).toBe(true)
  expect(taken.bytes).toBeLessThan(fileMaxBytes + 4 * 65_536)
})

test('a stream may use its bytes again for what comes next', async () => {
  const { client, requests } = makeFakedClient([() => Response.json({ status: 'OK' })])
  const own = bytes(1)
  let count = 0
  const data = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (++count > 3) return controller.close()
        controller.enqueue(own.fill(count))
      },
    },
    { highWaterMark: 0 },
  )
  await client.messages.sendFile(1, { name: 'a.bin', data })

  const sent = (await requests[0]?.formData())?.get('file')
  expect(sent instanceof File && [...(await sent.bytes())]).toEqual([1, 2, 3])
})

const good = { apiKey: secret, businessId: 1 }
const unmade: [string, object][] = [
  ['a key with a line break', { apiKey: `${secret}\n` }],
  ['a key of other letters', { apiKey: `${secret}ключ` }],
  ['no key', { apiKey: '' }],
  ['no business', { businessId: -1 }],
  ['an address of no kind', { baseUrl: 'market' }],
  ['an address of another kind', { baseUrl: 'ftp://market' }],
  ['an address with a password', { baseUrl: `https://a:${secret}@market` }],
  ['an address with a query', { baseUrl: 'https://market/?a=1' }],
  ['an integration with a line break', { integration: 'a\nb' }],
  ['no time at all', { timeoutMs: 0 }],
  ['no calls at once', { parallel: 0 }],
]

test('a key that is empty, as of a variable that is not set, is said to be so', () => {
  expect(() => new MarketClient({ ...good, apiKey: '' })).toThrow(/^apiKey is empty: /)
})

test.each(unmade)('a client is not made with %s, and does not show what it was given', (_what, options) => {
  const make = () => new MarketClient({ ...good, ...options })
  expect(make).toThrow(InvalidInput)
  expect(make).not.toThrow(secret.slice(5, 20))
})
