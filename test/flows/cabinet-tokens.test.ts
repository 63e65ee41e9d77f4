import { request } from 'node:http'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Operation } from '#contract'
import { makeManualClock } from '#kit'
import { adminEndpoints } from '../../src/market/admin/endpoints.ts'
import { deriveSecrets } from '../../src/market/keys/secrets.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const market = useMarket({ clock })

const declared: Operation[] = adminEndpoints.map(({ operation }) => operation)

/** What is for businesses; everything else is not. */
const forBusinesses = [
  ...['getBusiness', 'listRequests', 'followChanges', 'listDeliveries', 'readDelivery', 'replayDelivery'],
  ...['createSubscription', 'listSubscriptions', 'updateSubscription', 'deleteSubscription', 'replaySubscription'],
  ...['enableSubscription', 'disableSubscription', 'duplicateSubscription', 'pingSubscription', 'rotateSecret'],
  ...['retrySubscription', 'sendSample'],
]

type Issued = { token: string; expiresAt: string }

async function makeToken({ businessId }: { businessId: bigint }, days?: number): Promise<Issued> {
  return askAdminFor<Issued>(market, `POST /businesses/${businessId}/cabinet-tokens`, {
    name: 'Интегратор',
    ...(days !== undefined && { days }),
  })
}

/** The status of a call in which nothing but the path fits; a stream is left as soon as it has begun. */
function call({ verb, path }: Operation, token: string, businessId: bigint | string): Promise<number> {
  const filled = path.replace('{businessId}', `${businessId}`).replace(/\{\w+\}/g, '1')
  return statusOf(verb, filled, token)
}

/** The path goes out as it is spelled here. */
function statusOf(method: string, path: string, token: string): Promise<number> {
  const { hostname, port } = new URL(market.url)
  const headers = { authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, agent: false }, answer => {
      resolve(answer.statusCode ?? 0)
      answer.destroy()
    })
    asked.on('error', reject).end()
  })
}

test('the operations for businesses are those listed here, each with the business in its path', () => {
  const marked = declared.filter(({ isForBusiness }) => isForBusiness)

  expect(marked.map(({ name }) => name).sort()).toEqual(forBusinesses.sort())
  expect(marked.filter(({ path }) => !path.startsWith('/admin/v1/businesses/{businessId}'))).toEqual([])
})

test.for(declared.map(operation => [operation.name, operation] as const))(
  'a business token may call %s of its own business if that is for businesses, and of another never',
  async ([, operation]) => {
    const [own, other] = [await makeBusiness(market), await makeBusiness(market)]
    const { token } = await makeToken(own)

    const statuses = {
      own: await call(operation, token, own.businessId),
      other: await call(operation, token, other.businessId),
      nobodys: await call(operation, token, 999_999_999n),
    }

    if (operation.isForBusiness) {
      expect([200, 201, 400, 404, 204]).toContain(statuses.own)
      expect(statuses).toMatchObject({ other: 403, nobodys: 403 })
    } else expect(statuses).toEqual({ own: 403, other: 403, nobodys: 403 })
  },
)

const spellings = (own: bigint, other: bigint) => [
  `/admin/v1/businesses/00${other}`,
  `/admin/v1/businesses/+${other}`,
  `/admin/v1/businesses/%2B${other}`,
  `/admin/v1/businesses/${`${other}`.replace(/./g, digit => `%3${digit}`)}`,
  `/admin/v1/businesses/${own}/../${other}`,
  `/admin/v1/businesses/${own}/%2e%2e/${other}`,
  `/admin/v1/businesses/${own}%2f..%2f${other}`,
  `/admin/v1/businesses//${other}`,
  `/admin/v1//businesses/${other}`,
  `//admin/v1/businesses/${other}`,
  `/admin/v1/businesses/${other}/`,
  `/admin/v1/businesses/${other}?businessId=${own}`,
  `/admin/v1/businesses/${other}#${own}`,
  `/admin/v1/businesses/${other};${own}`,
  `/admin/v1/businesses/${other}%00`,
  `/admin/v1/businesses/${other}.0`,
  `/admin/v1/businesses/%20${other}`,
  `/ADMIN/v1/businesses/${other}`,
]

test('no spelling of the path opens another business', async () => {
  const [own, other] = [await makeBusiness(market), await makeBusiness(market)]
  const { token } = await makeToken(own)

  const opened = []
  for (const path of spellings(own.businessId, other.businessId))
    for (const more of ['', '/subscriptions', '/deliveries'])
      opened.push(await statusOf('GET', path.replace(/(?=[?#;]|$)/, more), token))

  expect(opened.filter(status => ![400, 403, 404].includes(status))).toEqual([])
  expect(opened.filter(status => status === 403).length).toBeGreaterThan(10)
})

test('odd spellings of its own business are its own', async () => {
  const own = await makeBusiness(market)
  const { token } = await makeToken(own)

  const statuses = [
    await statusOf('GET', `/admin/v1/businesses/00${own.businessId}`, token),
    await statusOf('GET', `/admin/v1/businesses/${`${own.businessId}`.replace(/./g, digit => `%3${digit}`)}`, token),
    await statusOf('HEAD', `/admin/v1/businesses/${own.businessId}`, token),
  ]

  expect(statuses).toEqual([200, 200, 200])
})

test('the document of the API says which operations take a business token', async () => {
  const { body } = await ask(`${market.url}/admin/openapi.json`)
  const { security, paths } = body as {
    security: object[]
    paths: Record<string, Record<string, { operationId: string; security?: object[] }>>
  } // as OpenAPI has it

  const described = Object.values(paths).flatMap(verbs => Object.values(verbs))
  const open = described.filter(operation => operation.security)
  expect(security).toEqual([{ AdminToken: [] }])
  expect(open.map(({ operationId }) => operationId).sort()).toEqual(forBusinesses.sort())
  expect(open[0]?.security).toEqual([{ AdminToken: [] }, { CabinetToken: [] }])
})

test('a refusal tells nothing of what is there', async () => {
  const [own, other] = [await makeBusiness(market), await makeBusiness(market)]
  const { token } = await makeToken(own)
  const headers = { authorization: `Bearer ${token}` }

  const there = await ask(`${market.url}/admin/v1/businesses/${other.businessId}/subscriptions`, { headers })
  const nowhere = await ask(`${market.url}/admin/v1/businesses/999999999/subscriptions`, { headers })

  expect(there.status).toBe(403)
  expect(there.text).toBe(nowhere.text)
})

test('a token is good for thirty days, or as many as were asked for, and not a second longer', async () => {
  const own = await makeBusiness(market)
  const [usual, short] = [await makeToken(own), await makeToken(own, 1)]
  const dayMs = 24 * 60 * 60_000
  const open = (token: string) => statusOf('GET', `/admin/v1/businesses/${own.businessId}`, token)

  const begun = clock.now().getTime()
  clock.advance(dayMs - 1_000)
  const lastSecond = await open(short.token)
  clock.advance(1_000)
  const over = [await open(short.token), await open(usual.token)]
  clock.advance(29 * dayMs)

  expect(Date.parse(short.expiresAt) - begun).toBe(dayMs)
  expect(Date.parse(usual.expiresAt) - begun).toBe(30 * dayMs)
  expect([lastSecond, ...over, await open(usual.token)]).toEqual([200, 401, 200, 401])
})

test('a token that was changed, or is not a business token, opens nothing', async () => {
  const [own, other] = [await makeBusiness(market), await makeBusiness(market)]
  const { token } = await makeToken(own)
  const [head = '', payload = '', mac = ''] = token.replace('cabinet-', '').split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const spell = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const issued = await askAdminFor<Issued>(market, `POST /customers/${own.customer.publicId}/tokens`)
  const { businessTokens } = deriveSecrets('a secret of the tests')
  const forge = (audience: string, key: Uint8Array, more: object = { exp: claims.exp }) =>
    new SignJWT({ ...more, sub: `${own.businessId}`, aud: audience }).setProtectedHeader({ alg: 'HS256' }).sign(key)

  const tokens = [
    `cabinet-${head}.${spell({ ...claims, sub: `${other.businessId}` })}.${mac}`,
    `cabinet-${head}.${spell({ ...claims, exp: claims.exp + 1 })}.${mac}`,
    `cabinet-${spell({ alg: 'none' })}.${payload}.`,
    `cabinet-${head}.${payload}`,
    `cabinet-${issued.token}`,
    `cabinet-${await forge('prilavok cabinet', Buffer.alloc(32))}`,
    `cabinet-${await forge('prilavok buyer', businessTokens)}`,
    `cabinet-${await forge('prilavok cabinet', businessTokens, {})}`,
    'cabinet-',
    token.replace('cabinet-', ''),
    token.replace('cabinet-', 'Cabinet-'),
    own.token,
  ]
  const statuses = []
  for (const one of tokens) statuses.push(await statusOf('GET', `/admin/v1/businesses/${own.businessId}`, one))

  expect(statuses).toEqual(tokens.map(() => 401))
  const good = `cabinet-${await forge('prilavok cabinet', businessTokens)}`
  expect(await statusOf('GET', `/admin/v1/businesses/${own.businessId}`, good)).toBe(200)
})

test('a business token opens no other API', async () => {
  const own = await makeBusiness(market)
  const { token } = await makeToken(own)

  const statuses = [
    await statusOf('GET', '/buyer/v1/chats', token),
    await statusOf('GET', '/v2/campaigns', token),
    await statusOf('GET', `/files/${own.businessId}/1/1`, token),
    await statusOf('GET', '/lab/v1/clock', token),
  ]

  expect(statuses).toEqual([401, 403, 403, 404])
})

test('tokens are made for a business that is there, for a day to a year', async () => {
  const own = await makeBusiness(market)
  const path = `/businesses/${own.businessId}/cabinet-tokens` as const

  const replies = [
    await askAdmin(market, `POST ${path}`, { name: 'x', days: 0 }),
    await askAdmin(market, `POST ${path}`, { name: 'x', days: 366 }),
    await askAdmin(market, `POST ${path}`, {}),
    await askAdmin(market, 'POST /businesses/999999999/cabinet-tokens', { name: 'x' }),
    await askAdmin(market, `POST ${path}`, { name: 'x', days: 365 }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 404, 201])
})

test('the console opens the admin API with its cookie and its header together, and with neither alone', async () => {
  const own = await makeBusiness(market)
  const session = await ask(`${market.url}/console/session`, {
    method: 'POST',
    headers: { 'x-prilavok-console': '1' },
    json: { adminToken: market.adminToken },
  })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  const open = (headers: Record<string, string>) =>
    ask(`${market.url}/admin/v1/businesses/${own.businessId}/chats`, { headers })

  const both = await open({ cookie, 'x-prilavok-console': '1' })
  const others = [
    await open({ cookie }),
    await open({ 'x-prilavok-console': '1' }),
    await open({ cookie: cookie.replace(/.$/, ''), 'x-prilavok-console': '1' }),
    await open({ cookie, 'x-prilavok-console': '1', authorization: 'Bearer nobody' }),
  ]

  expect(both.status).toBe(200)
  expect(others.map(({ status }) => status)).toEqual([401, 401, 401, 401])
})

test('a picture on a page of the console is shown with the cookie alone, and on no other site', async () => {
  const own = await makeBusiness(market)
  const session = await ask(`${market.url}/console/session`, {
    method: 'POST',
    headers: { 'x-prilavok-console': '1' },
    json: { adminToken: market.adminToken },
  })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  const chatId = await own.makeChat()
  const form = new FormData()
  form.set('file', new Blob(['счёт']), 'счёт.txt')
  type Sent = { message: { file: { url: string } } }
  const sent = await ask(`${market.url}/admin/v1/businesses/${own.businessId}/chats/${chatId}/customer-files`, {
    ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${market.adminToken}` } },
  })
  const { url } = (sent.body as Sent).message.file // as the operation answers
  const open = async (headers: Record<string, string>) => (await fetch(url, { headers })).status

  const statuses = [
    await open({ cookie }),
    await open({ cookie, 'sec-fetch-site': 'same-origin' }),
    await open({ cookie, 'sec-fetch-site': 'same-site' }),
    await open({ cookie, 'sec-fetch-site': 'cross-site' }),
    await open({ cookie: 'prilavok_console=forged' }),
  ]

  expect(statuses).toEqual([200, 200, 403, 403, 403])
})
