import { request } from 'node:http'
import { expect, test } from 'vitest'
import { askAdmin, problemOf } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })
const apis = ['admin', 'buyer', 'lab'] as const
type ApiName = (typeof apis)[number]
const problemType = 'application/problem+json; charset=utf-8'

type Document = { paths: Record<string, Record<string, { responses: object }>>; components: { schemas: object } }

async function readDocument(api: ApiName): Promise<Document> {
  return (await ask(`${market.url}/${api}/openapi.json`)).body as Document // generated as one
}

/** Every operation of these APIs, with ids that are nobody's. */
async function listOperations() {
  const listed = apis.map(async api => {
    const { paths } = await readDocument(api)
    return Object.entries(paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map(verb => ({
        api,
        verb: verb.toUpperCase(),
        url: market.url + path.replaceAll(/\{\w+\}/g, '1'),
      })),
    )
  })
  return (await Promise.all(listed)).flat()
}

test('no operation answers without its token, with a wrong one, or with that of the other API', async () => {
  const buyer = await makeBuyer(market)
  const operations = await listOperations()
  const strangers = (api: ApiName) => [
    {},
    { authorization: 'Bearer' },
    { authorization: 'Basic YTpi' },
    { authorization: 'Bearer wrong' },
    { authorization: `Bearer ${api === 'buyer' ? market.adminToken : buyer.token}` },
    { 'api-key': market.adminToken },
  ]

  for (const { api, verb, url } of operations) {
    for (const headers of strangers(api) as Record<string, string>[]) {
      const reply = await ask(url, { method: verb, headers })
      expect([verb, url, reply.status, reply.headers.get('content-type')]).toEqual([verb, url, 401, problemType])
      expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    }
  }
  expect(operations.length).toBeGreaterThan(60)
})

test('their documents name every operation, and refusals as they are', async () => {
  for (const api of apis) {
    const { paths, components } = await readDocument(api)
    const responses = Object.values(paths).flatMap(verbs => Object.values(verbs).map(({ responses }) => responses))
    const refusal = {
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
    }

    for (const response of responses) expect(response).toMatchObject({ 400: refusal, 401: refusal, 503: refusal })
    expect(components.schemas).toMatchObject({
      ProblemDetails: { properties: { type: {}, title: {}, status: {}, detail: {}, errors: {} } },
    })
  }
})

test('unknown paths, wrong verbs and unreadable paths are told in problem details', async () => {
  const headers = { authorization: `Bearer ${market.adminToken}` }
  const table: [verb: string, path: string, status: number, allowed?: string][] = [
    ['GET', '/admin', 404],
    ['GET', '/admin/', 404],
    ['POST', '/admin/v1', 404],
    ['GET', '/admin/v2/businesses', 404],
    ['GET', '/admin/v1/businesses/1/', 404],
    ['GET', '/admin/v1/businesses.json', 404],
    ['GET', `/admin/v1/${'x'.repeat(5000)}`, 404],
    ['DELETE', '/buyer/v1/nothing', 404],
    ['GET', '/buyer', 404],
    ['PUT', '/admin/v1/customers/%zz', 404],
    ['GET', '/buyer/v1/%ff', 404],
    ['DELETE', '/admin/v1/businesses', 405, 'GET, HEAD, POST'],
    ['POST', '/admin/v1/customers/a', 405, 'DELETE, PUT'],
    ['PUT', '/buyer/v1/chats', 405, 'GET, HEAD, POST'],
    ['POST', '/buyer/v1/events', 405, 'GET'],
    ['DELETE', '/buyer/v1/stickers', 405, 'GET, HEAD'],
  ]

  for (const [verb, path, status, allowed = null] of table) {
    const reply = await ask(market.url + path, { method: verb, headers })
    expect(reply.headers.get('allow'), path).toBe(allowed)
    expect([path, reply.status, reply.headers.get('content-type')]).toEqual([path, status, problemType])
    expect(reply.body).toMatchObject({ type: 'about:blank', status, title: expect.any(String) })
    expect(reply.headers.get('traceparent')).toMatch(/^00-/)
  }
})

test('what does not fit is told field by field, and is never an error of ours', async () => {
  const shop = await makeBusiness(market)
  const business = `/businesses/${shop.businessId}` as const
  const order = { campaignId: shop.campaignId, customerPublicId: shop.customer.publicId }
  const table: [call: Parameters<typeof askAdmin>[1], body: unknown, at: string][] = [
    ['POST /businesses', {}, 'name'],
    ['POST /businesses', { name: null }, 'name'],
    ['POST /businesses', { name: '   ' }, 'name'],
    ['POST /businesses', { name: 'a\u0000b' }, 'name'],
    ['POST /businesses', { name: 'я'.repeat(201) }, 'name'],
    ['POST /businesses', { name: ['Лавка'] }, 'name'],
    ['POST /businesses', { name: 'Лавка', directMessages: 'OFF' }, 'directMessages'],
    ['POST /businesses', { name: 'Лавка', businessId: 0 }, 'businessId'],
    ['POST /businesses', { name: 'Лавка', businessId: 9223372036854775808n }, 'businessId'],
    ['POST /businesses', { name: 'Лавка', businessId: 1.5 }, 'businessId'],
    ['POST /businesses', { name: 'Лавка', businessId: '1' }, 'businessId'],
    ['POST /businesses', '[]', 'body'],
    ['POST /businesses', '"текст"', 'body'],
    ['POST /businesses', '{"name":', 'body'],
    ['POST /businesses', '', 'body'],
    ['POST /businesses', '['.repeat(40) + ']'.repeat(40), 'body'],
    ['GET /businesses?limit=0', undefined, 'limit'],
    ['GET /businesses?limit=много', undefined, 'limit'],
    ['GET /businesses?pageToken=x', undefined, 'pageToken'],
    ['GET /businesses/abc', undefined, 'businessId'],
    ['GET /businesses/9223372036854775808', undefined, 'businessId'],
    ['GET /businesses/-1', undefined, 'businessId'],
    [`PATCH ${business}`, { apiDisabled: 'да' }, 'apiDisabled'],
    [`POST ${business}/campaigns`, { domain: 'x', placementType: 'fbs' }, 'placementType'],
    [`POST ${business}/keys`, { name: 'x', scopes: [] }, 'scopes'],
    [`POST ${business}/keys`, { name: 'x', scopes: ['everything'] }, 'scopes[0]'],
    [`POST ${business}/keys`, { name: 'x', scopes: ['communication', 'communication'] }, 'scopes'],
    ['PUT /customers/a%00b', { name: 'Анна' }, 'publicId'],
    ['PUT /customers/%20', { name: 'Анна' }, 'publicId'],
    ['PUT /customers/a', { name: 'Анна', subscribedTo: [1, '2'] }, 'subscribedTo[1]'],
    [`PUT ${business}/orders/0`, order, 'orderId'],
    [`PUT ${business}/orders/1`, { ...order, items: [{ offerId: 'x', name: 'x', count: 0 }] }, 'items[0].count'],
    [`PUT ${business}/orders/1`, { ...order, items: {} }, 'items'],
    [`PUT ${business}/returns/1`, { orderId: 2n ** 64n }, 'orderId'],
    [`POST ${business}/test-orders`, {}, 'campaignId'],
    [`POST ${business}/chats/1/support-messages`, { text: 'а'.repeat(4097) }, 'text'],
    [`POST ${business}/chats/1/support-messages`, { text: 'а', waitFor: 'PARTNER' }, 'waitFor'],
  ]

  for (const [call, body, at] of table) {
    const problem = problemOf(await askAdmin(market, call, body))
    expect([call, body, problem]).toMatchObject([call, body, { status: 400, media: problemType, errors: [{ at }] }])
  }
})

test('what a call names must be there, and be of the business it names', async () => {
  const [one, two] = [await makeBusiness(market), await makeBusiness(market)]
  const buyer = await makeBuyer(market, one.customer.publicId)
  const orderId = await one.makeOrder()
  const chatId = (await openOrderChat(buyer, one, orderId)).split('/').at(-1)
  const other = `/businesses/${two.businessId}` as const
  const order = { campaignId: two.campaignId, customerPublicId: two.customer.publicId }
  const { keys } = (await askAdmin(market, `GET /businesses/${one.businessId}/keys`)).body as {
    keys: { keyId: number }[]
  }
  const table: [call: Parameters<typeof askAdmin>[1], body?: unknown][] = [
    ['GET /businesses/77'],
    ['PATCH /businesses/77', { name: 'x' }],
    ['POST /businesses/77/campaigns', { domain: 'x', placementType: 'FBS' }],
    ['GET /businesses/77/campaigns'],
    ['POST /businesses/77/keys', { name: 'x', scopes: ['communication'] }],
    ['GET /businesses/77/keys'],
    [`DELETE ${other}/keys/${keys[0]?.keyId}`],
    ['POST /customers/nobody/tokens'],
    ['PUT /customers/somebody', { name: 'x', subscribedTo: [77] }],
    ['PUT /businesses/77/orders/1', order],
    [`PUT ${other}/orders/1`, { ...order, campaignId: one.campaignId }],
    [`PUT ${other}/orders/1`, { ...order, campaignId: 9223372036854775807n }],
    [`PUT ${other}/orders/1`, { ...order, customerPublicId: 'nobody' }],
    [`GET ${other}/orders/${orderId}`],
    [`PUT ${other}/returns/1`, { orderId }],
    ['POST /businesses/77/test-orders', { campaignId: one.campaignId }],
    [`POST ${other}/test-orders`, { campaignId: one.campaignId }],
    [`POST ${other}/test-orders/1/chat`],
    [`POST /businesses/${one.businessId}/test-orders/${orderId}/chat`],
    [`DELETE ${other}/test-orders/1`],
    [`DELETE /businesses/${one.businessId}/test-orders/${orderId}`],
    [`POST ${other}/chats/${chatId}/support-messages`, { text: 'x' }],
    [`POST ${other}/chats/${chatId}/market-messages`, { text: 'x' }],
    [`POST ${other}/chats/${chatId}/dispute/finish`],
    [`POST ${other}/chats/${chatId}/close`],
    [`POST ${other}/chats/9223372036854775807/close`],
  ]

  for (const [call, body] of table) {
    const problem = problemOf(await askAdmin(market, call, body))
    expect([call, problem]).toMatchObject([
      call,
      { status: 404, media: problemType, detail: expect.stringMatching(/\w/) },
    ])
  }
})

test('bodies of another type and bodies that are too big are refused before they are read', async () => {
  const buyer = await makeBuyer(market)
  const headers = { authorization: `Bearer ${market.adminToken}` }
  const businesses = `${market.url}/admin/v1/businesses`
  const big = JSON.stringify({ name: 'я'.repeat(600_000) })

  const text = await ask(businesses, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/plain' },
    body: '{}',
  })
  const packed = await ask(businesses, {
    method: 'POST',
    headers: { ...headers, 'content-encoding': 'gzip' },
    json: {},
  })
  const form = await ask(`${market.url}/buyer/v1/chats`, {
    method: 'POST',
    headers: buyer.headers,
    body: new FormData(),
  })
  const tooBig = await ask(businesses, { method: 'POST', headers, json: big })

  const answers = [text, packed, form, tooBig].map(problemOf)
  expect(answers).toMatchObject([{ status: 415 }, { status: 415 }, { status: 415 }, { status: 400 }])
  expect(answers.map(answer => answer.media)).toEqual(answers.map(() => problemType))
})

test('a path is data: dots, slashes and percent signs in a publicId stay what they are', async () => {
  const names = [
    '..%2F..%2Fetc',
    '%25zz',
    'a%2Fb',
    '%D0%96',
    encodeURIComponent("'; drop table"),
    '%E2%80%AE',
    encodeURIComponent('я'.repeat(100)),
  ]

  for (const name of names) {
    const reply = await put(`/admin/v1/customers/${name}`, { name: 'Анна' })
    expect([name, reply.status, reply.publicId]).toEqual([name, 200, decodeURIComponent(name)])
  }
})

/** fetch tidies paths up; this one sends them as they are. */
function put(path: string, json: unknown): Promise<{ status: number; publicId: string }> {
  const url = new URL(market.url)
  const headers = { authorization: `Bearer ${market.adminToken}`, 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const sent = request({ host: url.hostname, port: url.port, path, method: 'PUT', headers })
    sent.on('error', reject).on('response', answer => {
      const chunks: Buffer[] = []
      answer
        .on('data', chunk => chunks.push(chunk))
        .on('end', () => {
          const body = JSON.parse(Buffer.concat(chunks).toString()) as { customer?: { publicId: string } } // an answer of ours
          resolve({ status: answer.statusCode ?? 0, publicId: body.customer?.publicId ?? '' })
        })
    })
    sent.end(JSON.stringify(json))
  })
}

test('bytes that are not UTF-8 are refused in a body and in the address, and nothing is written', async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  const url = `${market.url}/buyer/v1${chat}/messages`
  const body = new Uint8Array([...Buffer.from('{"text":"'), 0xcf, 0xf0, 0xe8, ...Buffer.from('"}')])
  const requests = `${market.url}/admin/v1/businesses/${shop.businessId}/requests`

  const written = await ask(url, { method: 'POST', headers: buyer.headers, body })
  const searched = await ask(`${requests}?text=%CF%F0%E8`, {
    headers: { authorization: `Bearer ${market.adminToken}` },
  })

  const at = (where: string, problem: string) => ({ status: 400, media: problemType, errors: [{ at: where, problem }] })
  expect(problemOf(written)).toMatchObject(at('body', 'JSON: the body is not UTF-8'))
  expect(problemOf(searched)).toMatchObject(at('text', 'is not a value that this parameter takes'))
  expect((await buyer.ask(`GET ${chat}/messages`)).body).toMatchObject({ messages: [] })
})
