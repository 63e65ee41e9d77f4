import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type OperationName, operations } from '#contract'
import { ask } from '../support/http.ts'
import {
  badRequest,
  brief,
  envelope,
  makeCall,
  makeScene,
  operationNames,
  type PublishedCall,
  resultOf,
  send,
  useScene,
} from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

const notFound = { status: 404, text: envelope('NOT_FOUND', 'Resource not found') }
const withJson: OperationName[] = ['getChats', 'getChatHistory', 'createChat', 'sendMessageToChat']

/** The call with its JSON as it stands and no content type. */
function bare(call: PublishedCall): PublishedCall {
  const { json, ...rest } = call
  if (json === undefined) return rest
  const text = JSON.stringify(json, (_key, value) => (typeof value === 'bigint' ? Number(value) : value))
  return { ...rest, body: new TextEncoder().encode(text) }
}

describe.each(operationNames)('%s', name => {
  const call = () => makeCall(name, scene)

  test('answers alike under the four forms of its path', async () => {
    const { path } = call()
    const bodies = new Set<string>()
    for (const form of [path, `${path}.json`, path.slice(3), `${path.slice(3)}.json`]) {
      const reply = await send(market, { ...call(), path: form })

      expect(reply, form).toMatchObject({ status: 200 })
      bodies.add(reply.text)
    }
    // Sending changes when the chat was updated; nothing else may differ.
    expect(bodies.size).toBe(1)
  })

  test('is not found under any other form', async () => {
    const { path } = call()
    const forms = ['/V2', '/v3', '/v1', '/v2/v2', '/api/v2', '//v2'].map(root => path.replace('/v2', root))
    for (const form of [...forms, `${path}/`, `${path}.JSON`, `${path}.xml`, path.toUpperCase(), `${path}x`]) {
      const reply = await send(market, { ...call(), path: form })

      // A path that ends in an id reads what follows as part of the id.
      const isId = name === 'getCampaign' && /\.JSON|\.xml|x$/.test(form)
      if (isId) expect(reply, form).toMatchObject({ status: 400 })
      else expect(brief(reply), form).toEqual(notFound)
    }
  })

  test('is told when the verb is wrong, with or without a key', async () => {
    const { path, verb } = call()
    const known = ['GET', 'POST'].filter(other => other === verb || path.endsWith('/chats/message'))
    for (const other of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(other => !known.includes(other))) {
      const reply = await ask(`${market.url}${path}`, { method: other })

      const text = envelope('METHOD_NOT_ALLOWED', `Request method '${other}' not supported`)
      expect(brief(reply), other).toEqual({ status: 405, text })
      expect(
        reply.headers
          .get('allow')
          ?.split(', ')
          .filter(word => word !== 'HEAD')
          .sort(),
      ).toEqual(known)
      expect(reply.headers.get('allow')?.includes('HEAD')).toBe(known.includes('GET'))
    }
  })

  test('answers HEAD only where it answers GET', async () => {
    const { path, headers } = call()
    const query = new URLSearchParams(call().query)
    const reply = await ask(`${market.url}${path}?${query}`, { method: 'HEAD', headers })
    const answersGet = Object.values(operations).some(
      other => other.verb === 'GET' && other.path === call().operation.path,
    )

    // The GET beside sendMessageToChat misses its messageId.
    expect(reply).toMatchObject({ status: answersGet ? (name === 'sendMessageToChat' ? 400 : 200) : 405, text: '' })
  })

  test('ignores parameters and fields that it does not know', async () => {
    const { json, ...rest } = call()
    const query = { ...rest.query, lang: 'ru', format: 'json' }
    const reply = await send(market, {
      ...rest,
      query,
      ...(json !== undefined && { json: { ...json, unknown: { a: 1 } } }),
    })

    expect(reply).toMatchObject({ status: 200 })
  })

  test('carries the rate-limit headers and a trace, whatever the answer is', async () => {
    const strange = { 'api-key': (await makeScene(market)).token }
    const calls = [
      call(),
      { ...call(), headers: {} },
      { ...call(), headers: strange },
      { ...call(), query: { chatId: '2' } },
    ]
    for (const { status, headers } of await Promise.all(calls.map(each => send(market, each)))) {
      const { perHour } = call().operation
      const until = headers.get('x-ratelimit-resource-until') ?? ''

      expect(headers.get('x-ratelimit-resource-limit'), `${status}`).toBe(`${perHour}`)
      expect(Number(headers.get('x-ratelimit-resource-remaining'))).toBeLessThanOrEqual(perHour)
      expect(until).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:00:00 (GMT|[+-]\d{4})$/)
      expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(60 * 60 * 1000)
      expect(headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
      expect(headers.get('content-type')).toMatch(/^application\/json(; charset=utf-8)?$/)
    }
  })
})

describe.each([...withJson, 'sendFileToChat'] as const)('%s', name => {
  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/json; charset=windows-1251',
    'nonsense',
  ])('does not read %s', async type => {
    const call = bare(makeCall(name, scene))
    const body = name === 'sendFileToChat' ? 'file' : (call.body ?? '')
    const reply = await send(market, { ...call, headers: { ...call.headers, 'content-type': type }, body })

    const text = envelope('UNSUPPORTED_MEDIA_TYPE', `Content type '${type}' not supported`)
    expect(brief(reply)).toEqual({ status: 415, text })
  })

  test.each(['gzip', 'br', 'x'])('does not read what is encoded with %s', async encoding => {
    const call = bare(makeCall(name, scene))
    const headers = { ...call.headers, 'content-encoding': encoding }
    const body = call.body instanceof Uint8Array ? new Uint8Array(gzipSync(call.body)) : (call.body ?? '')
    const reply = await send(market, { ...call, headers, body })

    const text = envelope('UNSUPPORTED_MEDIA_TYPE', `Content encoding '${encoding}' not supported`)
    expect(brief(reply)).toEqual({ status: 415, text })
  })
})

describe.each(withJson)('%s', name => {
  test.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"', ''])(
    'reads %s',
    async type => {
      const call = bare(makeCall(name, scene))
      const headers = type === '' ? call.headers : { ...call.headers, 'content-type': type }

      expect(await send(market, { ...call, headers })).toMatchObject({ status: 200 })
    },
  )

  test('reads a body of 512 KB and refuses one byte more, announced or not', async () => {
    const { json: _json, ...call } = makeCall(name, scene)
    const whole = (size: number) => {
      const head = '{"message":"а","orderId":77,"padding":"'
      return `${head}${'x'.repeat(size - Buffer.byteLength(head) - 2)}"}`
    }
    const inPieces = (text: string) => Readable.toWeb(Readable.from(text.match(/.{1,65536}/gs) ?? [])) as ReadableStream // Node's own kind
    const tooBig = badRequest(
      'The request is too big: Maximum allowed request size must be less than 512 KB, but passed 512 KB',
    )
    for (const spell of [(text: string) => text, inPieces]) {
      const fits = await send(market, {
        ...call,
        body: spell(whole(512 * 1024)),
        headers: { ...call.headers, 'content-type': 'application/json' },
      })
      const over = await send(market, {
        ...call,
        body: spell(whole(512 * 1024 + 1)),
        headers: { ...call.headers, 'content-type': 'application/json' },
      })

      expect(fits.text).not.toContain('too big')
      expect(brief(over)).toEqual(tooBig)
    }
  })

  test('says how large a body was', async () => {
    const { json: _json, ...call } = makeCall(name, scene)
    const headers = { ...call.headers, 'content-type': 'application/json' }
    const reply = await send(market, { ...call, headers, body: ' '.repeat(1.2 * 1024 * 1024) })

    expect(brief(reply)).toEqual(
      badRequest('The request is too big: Maximum allowed request size must be less than 512 KB, but passed 1.2 MB'),
    )
  })
})

describe('a page token', () => {
  const paged: OperationName[] = ['getChats', 'getChatHistory', 'getCampaigns']

  const firstPages = async (name: OperationName) => {
    const rich = await makeScene(market)
    await rich.makeChat()
    await rich.makeChat()
    for (let i = 0; i < 2; i++) await send(market, makeCall('sendMessageToChat', rich))
    const call = { ...makeCall(name, rich), query: { ...makeCall(name, rich).query, limit: '1' } }
    return { call, token: tokenOf(await send(market, call)) }
  }

  test.each(paged.slice(0, 2))('of %s may be called page_token; pageToken wins', async name => {
    const { call, token } = await firstPages(name)
    const read = (query: Record<string, string>) => send(market, { ...call, query: { ...call.query, ...query } })
    const second = await read({ pageToken: token })

    expect((await read({ page_token: token })).text).toBe(second.text)
    expect((await read({ pageToken: token, page_token: 'nonsense' })).text).toBe(second.text)
    expect((await read({ pageToken: '', page_token: token })).text).toBe(second.text)
    expect(brief(await read({ pageToken: 'nonsense', page_token: token }))).toEqual(badRequest('Bad page token'))
  })

  function tokenOf(reply: Awaited<ReturnType<typeof send>>): string {
    const { paging } = resultOf(reply) as { paging: { nextPageToken?: string } } // the published answer
    return paging.nextPageToken ?? ''
  }
})

test.each([
  '/',
  '/v2',
  '/v2/',
  '/v2/businesses',
  '/v2/businesses/1',
  '/v2/orders',
  '/v2/businesses/%ZZ/chats',
  '/.env',
  '/v2/chats.json',
])('%s is not found', async path => {
  expect(brief(await ask(`${market.url}${path}`))).toEqual(notFound)
})

test('a wrong verb costs nobody anything, and says so in the rate-limit headers of the path', async () => {
  const { path, headers } = makeCall('getChats', scene)
  const reply = await ask(`${market.url}${path}`, { method: 'DELETE', headers })

  expect(reply.headers.get('x-ratelimit-resource-limit')).toBe('5000')
  expect(reply.headers.get('x-ratelimit-resource-remaining')).toBe('5000')
  expect(reply.headers.get('x-ratelimit-resource-until')).toMatch(/:00:00 GMT$/)
})

test('an unknown path has no rate-limit headers', async () => {
  const { headers } = await ask(`${market.url}/v2/nothing`)

  expect([...headers.keys()].filter(name => name.startsWith('x-ratelimit'))).toEqual([])
})

test.each([
  ['application/x-www-form-urlencoded', ''],
  ['application/x-www-form-urlencoded', 'a=1'],
  ['application/json', '{"broken"'],
  ['nonsense', 'x'],
  ['text/plain', 'x'.repeat(600 * 1024)],
])('an operation without a body does not mind one of %s', async (type, body) => {
  const call = makeCall('getAuthTokenInfo', scene)
  const reply = await send(market, { ...call, headers: { ...call.headers, 'content-type': type }, body })

  expect(reply).toMatchObject({ status: 200, body: { result: { apiKey: { name: 'Ключ' } } } })
})

test('a path with a wrong verb is 405 also under its other forms', async () => {
  const reply = await ask(`${market.url}/campaigns.json`, { method: 'DELETE' })

  expect(reply.status).toBe(405)
})
