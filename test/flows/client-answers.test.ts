import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import {
  Budget,
  FileForbidden,
  Forbidden,
  MarketClient,
  type MarketClientOptions,
  TimeoutError,
  WireError,
} from '#client'
import { headers as names, operations } from '#contract'
import { startAnsweringServer } from '../support/answering-server.ts'
import { makeLeapingClock, patienceMs, secret } from '../support/client-clocks.ts'

const makeClient = (baseUrl: string, options: Partial<MarketClientOptions> = {}) =>
  new MarketClient({ apiKey: secret, businessId: 7, baseUrl, random: () => 0, ...options })

const at = '2026-01-16T10:09:49+03:00'
const chat = { context: { type: 'ORDER' }, type: 'CHAT', status: 'NEW', createdAt: at, updatedAt: at }
const chats = (list: string, paging = '{}') => `{"status":"OK","result":{"chats":[${list}],"paging":${paging}}}`
const give = (body: string) => (_request: unknown, response: ServerResponse) => void response.end(body)

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const taken: Item[] = []
  for await (const item of items) taken.push(item)
  return taken
}

describe('an answer', () => {
  test('may have words and fields that nobody knew, and ids of any spelling', async () => {
    const novel = { ...chat, type: 'SEANCE', status: 'ASLEEP', mood: { good: true } }
    const rest = JSON.stringify(novel).slice(1)
    const { url } = await startAnsweringServer(
      give(chats(`{"chatId":9007199254740993,${rest},{"chatId":"9223372036854775807",${rest}`)),
    )
    const [one, other] = await all(makeClient(url).chats.list())

    expect(one).toMatchObject({ chatId: 9007199254740993n, type: 'SEANCE', status: 'ASLEEP' })
    expect(one).not.toHaveProperty('mood')
    expect(other?.chatId).toBe(9223372036854775807n)
  })

  const misfits: [string, string, string][] = [
    ['a chat without an id', chats(JSON.stringify(chat)), 'result.chats[0].chatId'],
    ['no result', '{"status":"OK"}', 'result'],
    ['a failure under a good status', '{"status":"ERROR","errors":[{"code":"A"}]}', 'status'],
    ['half of an answer', '{"status":"OK","resu', ''],
    ['a page of HTML', '<html>', ''],
    ['nothing', '', ''],
    ['a list', '[]', ''],
    ['JSON of a thousand floors', '['.repeat(1000), ''],
  ]

  test.each(misfits)('that is %s is a WireError with its place', async (_what, body, path) => {
    const { url } = await startAnsweringServer(give(body))
    const error: unknown = await makeClient(url)
      .chats.list()
      .page()
      .catch(error => error)
    expect(error).toBeInstanceOf(WireError)
    expect(error).toMatchObject({ path, status: 200, operation: 'getChats' })
  })

  test('without end is given up, and its line is cut', async () => {
    let written = 0
    const pour = (response: ServerResponse) => {
      while (!response.destroyed && response.write(' '.repeat(65_536))) written += 65_536
    }
    const ended = vi.fn()
    const { url } = await startAnsweringServer((_request, response) => {
      response.on('drain', () => pour(response)).on('close', ended)
      pour(response)
    })
    const error: unknown = await makeClient(url)
      .token()
      .catch(error => error)

    expect(error).toBeInstanceOf(WireError)
    await vi.waitFor(() => expect(ended).toHaveBeenCalled(), { timeout: 30_000 })
    expect(written).toBeLessThan(16 * 1024 * 1024)
  })

  test('that comes too slowly is a TimeoutError, also when it has begun', async () => {
    const cut = vi.fn()
    const { url, requests } = await startAnsweringServer((_request, response) => {
      response.on('close', cut)
      response.write('{"status":')
    })
    const error: unknown = await makeClient(url, { timeoutMs: 30 })
      .token()
      .catch(error => error)

    expect(error).toBeInstanceOf(TimeoutError)
    expect(requests).toHaveLength(4)
    await vi.waitFor(() => expect(cut).toHaveBeenCalledTimes(4), { timeout: 30_000 })
  })

  test('that is a redirect is not followed: the key goes nowhere', async () => {
    const thief = await startAnsweringServer(give('{}'))
    for (const status of [301, 302, 303, 307, 308]) {
      const { url } = await startAnsweringServer((_request, response) => {
        response.writeHead(status, { location: `${thief.url}/steal` }).end()
      })
      await expect(makeClient(url).chats.list().page()).rejects.toBeInstanceOf(WireError)
    }
    expect(thief.requests).toEqual([])
  })

  test('whose page token comes again ends the walk instead of going round for ever', async () => {
    let page = 0
    const { url, requests } = await startAnsweringServer((_request, response) => {
      response.end(chats(JSON.stringify({ chatId: ++page, ...chat }), `{"nextPageToken":"${'ab'[page % 2]}"}`))
    })
    await expect(all(makeClient(url).chats.list())).rejects.toMatchObject({ path: 'result.paging.nextPageToken' })
    expect(requests).toHaveLength(3)
  })

  test('whose page token is empty is the last page', async () => {
    const { url, requests } = await startAnsweringServer(give(chats('', '{"nextPageToken":""}')))
    expect(await all(makeClient(url).chats.list())).toEqual([])
    expect(requests).toHaveLength(1)
  })
})

describe('a request', () => {
  const expected = operations.getChats.path.replace(/\{\w+\}/, '7')

  test.each(['', '/', '/behind/a/proxy', '/behind/a/proxy//'])('goes below the path %j of the address', async path => {
    const { url, requests } = await startAnsweringServer(give(chats('')))
    await makeClient(url + path)
      .chats.list()
      .page()
    expect(requests[0]?.url).toBe(`${path.replace(/\/+$/, '')}${expected}?limit=20`)
  })

  test('carries the key and who calls', async () => {
    const { url, requests } = await startAnsweringServer(give(chats('')))
    await makeClient(url).chats.list().page()
    await makeClient(url, { integration: 'shop/2.0' }).chats.list().page()

    expect(requests[0]?.headers).toMatchObject({ [names.apiKey]: secret, [names.integration]: 'prilavok/0.1.0' })
    expect(requests[1]?.headers).toMatchObject({ [names.integration]: 'shop/2.0' })
  })
})

describe('a download', () => {
  const fileAt = (url: string) => ({ name: 'a.png', sizeBytes: 3, url })
  const hasKey = ({ headers }: IncomingMessage) => headers[names.apiKey] === secret

  test('shows the key to the market, and to nobody it sends us to', async () => {
    const elsewhere = await startAnsweringServer(give('abc'))
    const { url, requests } = await startAnsweringServer(({ url }, response) => {
      const location = url === '/1' ? '/2' : `${elsewhere.url}/3`
      response.writeHead(302, { location }).end()
    })
    const answer = await makeClient(url).messages.download(fileAt(`${url}/1`))

    expect(await answer.text()).toBe('abc')
    expect(requests.map(hasKey)).toEqual([true, true])
    expect(elsewhere.requests.map(hasKey)).toEqual([false])
  })

  test('from another place goes without the key', async () => {
    const elsewhere = await startAnsweringServer(give('abc'))
    const { url } = await startAnsweringServer(give(''))
    await makeClient(url).messages.download(fileAt(elsewhere.url))
    expect(elsewhere.requests.map(hasKey)).toEqual([false])
  })

  test.each([401, 403])(
    'that another host refuses with %i says so, and that host has not seen the key',
    async status => {
      const elsewhere = await startAnsweringServer((_request, response) => void response.writeHead(status).end('no'))
      const { url } = await startAnsweringServer((_request, response) => {
        response.writeHead(302, { location: `${elsewhere.url}/a` }).end()
      })
      const host = new URL(elsewhere.url).host

      for (const file of [fileAt(elsewhere.url), fileAt(url)]) {
        const error = await makeClient(url)
          .messages.download(file)
          .catch((refused: unknown) => refused)
        expect(error).toBeInstanceOf(FileForbidden)
        expect(error).toBeInstanceOf(Forbidden)
        expect(error).toMatchObject({ status, host, message: expect.stringContaining(`lies at ${host}`) })
        expect(`${error}`).not.toContain('Check the key')
      }
      expect(elsewhere.requests.map(hasKey)).toEqual([false, false])
    },
  )

  test('that the market itself refuses is told as any refusal', async () => {
    const { url } = await startAnsweringServer((_request, response) => void response.writeHead(403).end())
    const refused = makeClient(url).messages.download(fileAt(url))

    await expect(refused).rejects.toMatchObject({ name: 'Forbidden' })
  })

  test('that is sent round in circles ends', async () => {
    const { url, requests } = await startAnsweringServer((_request, response) => {
      response.writeHead(302, { location: '/' }).end()
    })
    await expect(makeClient(url).messages.download(fileAt(url))).rejects.toBeInstanceOf(WireError)
    expect(requests).toHaveLength(6)
  })

  test('that is refused has the meaning of its status', async () => {
    const { url } = await startAnsweringServer((_request, response) => void response.writeHead(404).end())
    await expect(makeClient(url).messages.download(fileAt(url))).rejects.toMatchObject({ name: 'NotFound' })
  })

  test('can be aborted while its body comes', async () => {
    const { url } = await startAnsweringServer((_request, response) => void response.write('abc'))
    const leaving = new AbortController()
    const answer = await makeClient(url).messages.download(fileAt(url), { signal: leaving.signal })
    const reason = new Error('enough')
    leaving.abort(reason)
    await expect(answer.text()).rejects.toBe(reason)
  })
})

describe('a call that is aborted rejects with the reason', () => {
  const reason = new Error('enough')
  type Stage = [when: string, answer: (response: ServerResponse) => void, attempts: number]
  const stages: Stage[] = [
    ['before the answer has begun', () => {}, 0],
    ['while the answer comes', response => void response.write('{'), 0],
    ['while it waits to try again', response => void response.writeHead(503).end('{}'), 1],
  ]

  test.each(stages)('%s', async (_when, answer, attempts) => {
    const leaving = new AbortController()
    const { url, requests } = await startAnsweringServer((_request, response) => answer(response))
    const reports: unknown[] = []
    const client = makeClient(url, { random: () => 1, onCall: report => reports.push(report) })
    const call = client.token({ signal: leaving.signal })
    call.catch(() => {})
    await vi.waitFor(() => expect([requests.length, reports.length]).toEqual([1, attempts]), { timeout: 30_000 })
    leaving.abort(reason)

    await expect(call).rejects.toBe(reason)
    expect(requests).toHaveLength(1)
  })

  test('before it begins, without any request', async () => {
    const { url, requests } = await startAnsweringServer(give(''))
    await expect(makeClient(url).token({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(requests).toEqual([])
  })

  test('while it waits for its turn, and the others go on', async () => {
    const held: ServerResponse[] = []
    const { url, requests } = await startAnsweringServer((_request, response) => void held.push(response))
    const client = makeClient(url, { budget: new Budget({ parallel: 1 }) })
    const first = client.chats.list().page()
    const leaving = new AbortController()
    const second = client.token({ signal: leaving.signal })
    await vi.waitFor(() => expect(held).toHaveLength(1), { timeout: 30_000 })
    leaving.abort(reason)

    await expect(second).rejects.toBe(reason)
    held[0]?.end(chats(''))
    await first
    expect(requests).toHaveLength(1)
  })

  test('with a fetch that does not listen', async () => {
    const leaving = new AbortController()
    const deaf = () => new Promise<Response>(() => {})
    const call = makeClient('http://market', { fetch: deaf, clock: makeLeapingClock(), timeoutMs: patienceMs }).token({
      signal: leaving.signal,
    })
    leaving.abort(reason)
    await expect(call).rejects.toBe(reason)
  })
})
