import { expect, test, vi } from 'vitest'
import { headers as names } from '#contract'
import { makeFakedClient } from '../../../test/support/client-clocks.ts'
import * as errors from '../errors.ts'
import { Budget, type CallReport, type ClientClock, type MarketClient } from '../index.ts'

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })
const done = () => json({ status: 'OK' })
const doneKeyed = () => json({ status: 'OK' }, 200, { [names.idempotencyAnnounced]: '14d' })
const noChats = () => json({ status: 'OK', result: { chats: [], paging: {} } })
const refusal = (status: number, message = 'no', headers?: Record<string, string>) =>
  json({ status: 'ERROR', errors: [{ code: 'CODE', message }] }, status, headers)
const broken = () => new TypeError('fetch failed', { cause: Object.assign(new Error('gone'), { code: 'ECONNRESET' }) })
const unreached = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  })
const crowd = (headers?: Record<string, string>) =>
  refusal(420, 'Hit rate limit of 4 parallel requests for businessId 7', headers)
const crowds = (count: number) => Array<() => Response>(count).fill(() => crowd())
const cutOff = () =>
  new Response(new ReadableStream({ start: controller => controller.error(new Error('cut')) }), { status: 404 })
const notUtf8 = () => {
  const text = '{"status":"OK","result":{"apiKey":{"name":"?","authScopes":[]}}}'
  return new Response(Uint8Array.from(text, letter => (letter === '?' ? 0xff : letter.charCodeAt(0))))
}
const hourEnd = 'Fri, 16 Jan 2026 10:20:00 GMT'
const spent = { [names.limit]: '1000', [names.remaining]: '0', [names.until]: hourEnd }
const hour = () => refusal(420, 'Hit rate limit of 1000 requests per 1 hour', spent)

const list = (client: MarketClient) => client.chats.list().page()
const send = (client: MarketClient) => client.messages.send(1, 'Добрый день')
const open = (client: MarketClient) => client.chats.open({ order: 1 })

type Case = [string, (() => Response | Error)[], (client: MarketClient) => Promise<unknown>, object, number]
const outcomes: Case[] = [
  ['a read outlives three broken lines', [broken, broken, broken, noChats], list, { items: [] }, 4],
  ['a read gives up after four', [broken], list, errors.ConnectionError, 4],
  ['a read outlives an ill market', [() => refusal(500), () => refusal(503), noChats], list, { items: [] }, 3],
  ['a market that stays ill is Unavailable', [() => refusal(502)], list, errors.Unavailable, 4],
  [
    'opening a chat is repeated: there is one for an order',
    [broken, () => json({ status: 'OK', result: { chatId: 5 } })],
    open,
    [5n],
    2,
  ],
  ['a send whose line breaks is unknown', [broken], send, errors.SendUnknown, 1],
  ['a send to an ill market is unknown', [() => refusal(500)], send, errors.SendUnknown, 1],
  ['a send with a nonsense answer is unknown', [() => json([])], send, errors.SendUnknown, 1],
  ['a send that a crowd kept out is made again', [crowd, crowd, done], send, { state: 'sent' }, 3],
  ['a send that the hour kept out is made again', [hour, done], send, { state: 'sent' }, 2],
  ['a send that never left is tried again, and then certain', [unreached], send, errors.ConnectionError, 4],
  ['a refused send is certain', [() => refusal(404)], send, errors.NotFound, 1],
  ['a crowd that stays is RateLimited', [crowd], list, errors.RateLimited, 12],
  ['a crowd is a crowd, also in an hour that is used up', [() => crowd({ ...spent })], list, errors.RateLimited, 12],
  ['crowds before a broken line are no attempts to mend it', [...crowds(5), broken, noChats], list, { items: [] }, 7],
  ['a refusal that breaks off has the meaning of its status', [cutOff], list, errors.NotFound, 1],
  ['an answer that is no UTF-8 is no answer', [notUtf8], client => client.token(), errors.WireError, 1],
  [
    'an unknown send stays unknown when its repetition is refused',
    [() => announcing(500), () => refusal(403)],
    send,
    errors.SendUnknown,
    2,
  ],
  ['an announcement on the answer that failed is enough', [() => announcing(503), done], send, { state: 'sent' }, 2],
  ['a nonsense answer to a read is not asked for again', [() => json([])], list, errors.WireError, 1],
]
function announcing(status: number) {
  return refusal(status, 'ill', { [names.idempotencyAnnounced]: '14d' })
}

test.each(outcomes)('%s', async (_title, answers, call, expected, made) => {
  const { client, requests } = makeFakedClient(answers)
  const outcome = await call(client).then(
    value => value,
    error => error,
  )
  if (typeof expected === 'function') expect(outcome).toBeInstanceOf(expected)
  else expect(typeof outcome === 'bigint' ? [outcome] : outcome).toEqual(expected)
  expect(requests).toHaveLength(made)
})

test('where the server has announced that it honours keys, a broken send is repeated with the same key', async () => {
  const { client, requests } = makeFakedClient([doneKeyed, broken, () => refusal(500), () => json('?'), done])
  await send(client)
  await expect(send(client)).resolves.toEqual({ state: 'sent' })

  const keys = requests.map(request => request.headers.get(names.idempotencyKey))
  expect(requests).toHaveLength(5)
  expect(new Set(keys.slice(1)).size).toBe(1)
  expect(keys[0]).not.toBe(keys[1])
  for (const key of keys) expect(key).toMatch(/^[\da-f]{32}$/)
  expect(await requests[4]?.text()).toBe(await requests[1]?.text())
})

test('a key of the caller is sent as it is', async () => {
  const { client, requests } = makeFakedClient([done])
  await client.messages.send(1, 'Добрый день', { idempotencyKey: 'mine-1' })
  expect(requests[0]?.headers.get(names.idempotencyKey)).toBe('mine-1')
})

test('a SendUnknown has its cause, and says what to do', async () => {
  const { client } = makeFakedClient([broken])
  const error = await send(client).catch(error => error)

  expect(error.cause).toBeInstanceOf(errors.ConnectionError)
  expect(error.message).toMatch(/sendMessageToChat.*ECONNRESET.*history/)
})

test('an hour is waited out to the moment that the market told, and a bit', async () => {
  const { client, clock } = makeFakedClient([hour, noChats])
  await list(client)
  expect(clock.waits).toEqual([20 * 60 * 1000 + 500])
})

test('an hour that does not end is RateLimited with its end', async () => {
  for (const limited of [refusal(420, 'per 1 hour', { [names.until]: hourEnd }), refusal(429, 'enough', spent)]) {
    const { client } = makeFakedClient([() => limited.clone()])
    const error = await list(client).catch(error => error)

    expect(error).toBeInstanceOf(errors.RateLimited)
    expect(error.until).toEqual(new Date(hourEnd))
    expect(error.message).toContain('2026-01-16T10:20:00.000Z')
  }
})

test('a refusal without measure is told in measure', async () => {
  const listed = Array.from({ length: 100 }, () => ({ code: 'C'.repeat(1000), message: 'm'.repeat(10_000) }))
  const { client } = makeFakedClient([() => json({ status: 'ERROR', errors: listed }, 400)])
  const error = await list(client).catch(error => error)

  expect([error.codes.length, error.messages.length]).toEqual([20, 20])
  expect(Math.max(...[...error.codes, ...error.messages].map(text => text.length))).toBe(501)
})

test('a send is served before the readings that wait', async () => {
  const asked: string[] = []
  const { client } = makeFakedClient([() => refusal(404)], { parallel: 1, onCall: call => asked.push(call.operation) })
  await Promise.allSettled([list(client), list(client), send(client)])
  expect(asked).toEqual(['getChats', 'sendMessageToChat', 'getChats'])
})

test('clients of two businesses share the places of a budget and not the hours', async () => {
  const budget = new Budget()
  const { client } = makeFakedClient([() => json({ status: 'OK', result: { chats: [] } }, 200, spent)], { budget })
  const { client: other } = makeFakedClient([noChats], { budget, businessId: 8 })
  await list(client)

  expect(client.limits().size).toBe(1)
  expect(other.limits().size).toBe(0)
})

test('a call that is over leaves no timer behind', async () => {
  let running = 0
  const wait: ClientClock['wait'] = (_ms, signal) => {
    running++
    return new Promise((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true }),
    ).finally(() => running--) as Promise<void> // it only rejects
  }
  const { client } = makeFakedClient([noChats], { clock: { now: () => new Date(), wait } })
  await list(client)
  await vi.waitFor(() => expect(running).toBe(0), { timeout: 30_000 })
})

test('a send that is aborted while fetch takes it is unknown, with the reason and the key', async () => {
  const leaving = new AbortController()
  const fetch = async () => {
    leaving.abort(new Error('enough'))
    throw new TypeError('aborted')
  }
  const { client } = makeFakedClient([], { fetch })
  const error = await client.messages
    .send(1, 'a', { signal: leaving.signal, idempotencyKey: 'k' })
    .catch(error => error)
  expect(error).toBeInstanceOf(errors.SendUnknown)
  expect(error.cause).toBe(leaving.signal.reason)
  expect(error.idempotencyKey).toBe('k')
})

test('a send that is aborted before its turn, or between attempts that never left, rejects with the reason', async () => {
  const { client: waiting } = makeFakedClient([done])
  await expect(waiting.messages.send(1, 'a', { signal: AbortSignal.abort() })).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  )
  const leaving = new AbortController()
  const enough = new Error('enough')
  const random = () => {
    leaving.abort(enough)
    return 0
  }
  const { client, requests } = makeFakedClient([unreached], { random })
  await expect(client.messages.send(1, 'a', { signal: leaving.signal })).rejects.toBe(enough)
  expect(requests).toHaveLength(1)
})

test('a send that is aborted after an attempt of which nobody can tell is unknown', async () => {
  const leaving = new AbortController()
  const random = () => {
    leaving.abort()
    return 0
  }
  const { client, requests } = makeFakedClient([() => announcing(503), done], { random })
  const error = await client.messages.send(1, 'a', { signal: leaving.signal }).catch(error => error)
  expect(error).toBeInstanceOf(errors.SendUnknown)
  expect(requests).toHaveLength(1)
})

test('a read that is aborted rejects with the reason', async () => {
  const leaving = new AbortController()
  const enough = new Error('enough')
  const fetch = () => {
    leaving.abort(enough)
    return new Promise<Response>(() => {})
  }
  const { client } = makeFakedClient([], { fetch })
  await expect(client.chats.get(1, { signal: leaving.signal })).rejects.toBe(enough)
})

test("what a file's host announces is not the market's word", async () => {
  const { client, requests } = makeFakedClient([doneKeyed, broken])
  await client.messages.download({ name: 'a', url: 'https://elsewhere.test/a', sizeBytes: 1 })

  await expect(send(client)).rejects.toBeInstanceOf(errors.SendUnknown)
  expect(requests).toHaveLength(2)
})

const meanings: [number, new (...of: never[]) => Error, RegExp][] = [
  [400, errors.BadRequest, /getChats was refused with 400 CODE: why\./],
  [401, errors.Unauthorized, /Check the key/],
  [403, errors.Forbidden, /communication, all-methods, all-methods:read-only/],
  [404, errors.NotFound, /404/],
  [405, errors.BadRequest, /405/],
  [422, errors.BadRequest, /422/],
]

test.each(meanings)('%s means %o', async (status, kind, words) => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const { client } = makeFakedClient([() => refusal(status, 'why', { traceparent })])
  const error = await list(client).catch(error => error)

  expect(error).toBeInstanceOf(kind)
  expect(error).toBeInstanceOf(errors.ApiError)
  expect(error.message).toMatch(words)
  expect(error).toMatchObject({ status, codes: ['CODE'], messages: ['why'], operation: 'getChats' })
  expect(error.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
})

test('a closed business is not blamed on the key', async () => {
  const closed = () => json({ status: 'ERROR', errors: [{ code: 'API_DISABLED', message: 'Closed.' }] }, 403)
  const { client } = makeFakedClient([closed])
  const error = await list(client).catch(error => error)
  expect(error.message).toBe('getChats was refused with 403 API_DISABLED: Closed.')
})

test("a proxy's page of HTML still has the meaning of its status", async () => {
  const { client } = makeFakedClient([() => new Response('<html>', { status: 404 })])
  await expect(list(client)).rejects.toMatchObject({ name: 'NotFound', codes: [], messages: [] })
})

test('every attempt is reported', async () => {
  const reports: CallReport[] = []
  const { client } = makeFakedClient([broken, () => refusal(500), noChats], { onCall: report => reports.push(report) })
  await list(client)

  expect(reports).toEqual([
    { operation: 'getChats', error: 'ConnectionError', attempt: 1, durationMs: 0 },
    { operation: 'getChats', status: 500, error: 'Unavailable', attempt: 2, durationMs: 0 },
    { operation: 'getChats', status: 200, attempt: 3, durationMs: 0 },
  ])
})

test('a reporter that fails harms no call and no process, and its failure is told', async () => {
  const told = vi.spyOn(console, 'error').mockReturnValue()
  const fail = () => {
    throw new Error('of the log')
  }
  for (const onCall of [fail, async () => fail()]) {
    const { client } = makeFakedClient([noChats], { onCall })
    expect(await list(client)).toEqual({ items: [] })
  }
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2), { timeout: 30_000 })
  told.mockRestore()
})

test('what the headers told of each operation is kept by its name', async () => {
  const told = { [names.limit]: '5000', [names.remaining]: '4321', [names.until]: hourEnd }
  const { client } = makeFakedClient([() => json({ status: 'OK', result: { chats: [] } }, 200, told)])
  await list(client)
  expect([...client.limits()]).toEqual([['getChats', { limit: 5000, remaining: 4321, until: new Date(hourEnd) }]])
})

test('a row of a list that does not fit is told and left out for who listens, and fails the call for who does not', async () => {
  const row = (chatId: number, type: unknown) => ({
    ...{ chatId, context: { type: 'DIRECT' }, type, status: 'NEW' },
    ...{ createdAt: '2026-01-16T10:00:00Z', updatedAt: '2026-01-16T10:00:00Z' },
  })
  const chats = [row(1, undefined), row(2, 'CHAT'), row(3, 7), 'no row', row(4, 'CHAT')]
  const { client } = makeFakedClient([() => json({ status: 'OK', result: { chats, paging: { nextPageToken: 'a' } } })])
  const told: unknown[] = []
  const onUnreadable = (why: errors.WireError, chatId?: bigint) => told.push([why.path.replace(/\d+/, 'n'), chatId])

  const page = await client.chats.list({}, { onUnreadable }).page()

  expect(page).toMatchObject({ items: [{ chatId: 2n }, { chatId: 4n }], nextPageToken: 'a' })
  expect(told).toEqual([
    ['result.chats[n].type', 1n],
    ['result.chats[n].type', 3n],
    ['result.chats[n]', undefined],
  ])
  await expect(list(client)).rejects.toThrow(errors.WireError)
})

test('an answer that does not fit as a whole fails the call for who listens, too', async () => {
  const { client } = makeFakedClient([() => json({ status: 'OK', result: { paging: {} } })])

  await expect(client.chats.list({}, { onUnreadable: () => {} }).page()).rejects.toThrow(errors.WireError)
})

test('a call that the hour keeps out tells until when it waits', async () => {
  const { client } = makeFakedClient([hour, noChats])
  const waits: errors.QuotaWait[] = []

  await client.chats.list({}, { onWait: wait => waits.push(wait) }).page()

  expect(waits[0]).toMatchObject({ operation: 'getChats', until: new Date(hourEnd) })
})
