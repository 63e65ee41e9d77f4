import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { makeManualClock, systemClock } from '#kit'
import type { RunningMarket } from '#market'
import { deriveSecrets } from '../../src/market/keys/secrets.ts'
import { saveRevocations, type TokenSubject } from '../../src/market/store/directory/token-revocations.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { type Buyer, buyerOf, makeBuyer } from '../support/buyer.ts'
import { openEvents } from '../support/event-stream.ts'
import { ask } from '../support/http.ts'
import { startSecond } from '../support/second-market.ts'
import { useMarket } from '../support/test-market.ts'

const dayMs = 24 * 60 * 60 * 1000
// Behind the database's clock: what is revoked does not go by the market's time.
const clock = makeManualClock(new Date(systemClock.now().getTime() - dayMs))
const market = useMarket({ clock })
const patience = { timeout: 30_000 }
const secrets = deriveSecrets('a secret of the tests')
const ours = { 'x-prilavok-console': '1' }

type At = Pick<RunningMarket, 'url' | 'adminToken'>
type Tokens = { purpose: string; generation: number; validFrom?: string }

/** This market with the admin token that is valid now. */
const now = (): At => ({ url: market.url, adminToken: market.running.adminToken })
const revoke = (path: `/${string}`) => askAdminFor(now(), `DELETE ${path}`)
const statusOf = async (token: string, { url }: Pick<At, 'url'> = market) =>
  (await ask(`${url}/admin/v1/tokens`, { headers: { authorization: `Bearer ${token}` } })).status
const buyerStatus = async (buyer: Buyer) => (await buyer.ask('GET /chats')).status

async function signIn(by: object = { adminToken: now().adminToken }) {
  const reply = await ask(`${market.url}/console/session`, { method: 'POST', headers: ours, json: by })
  return { status: reply.status, cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}
const signOut = (cookie: string) =>
  ask(`${market.url}/console/session`, { method: 'DELETE', headers: { ...ours, cookie } })
const isSignedIn = async (cookie: string, { url }: Pick<At, 'url'> = market) =>
  (await ask(`${url}/console/session`, { headers: { ...ours, cookie } })).body
const open = { signedIn: true }
const closed = { signedIn: false }

async function tokensOf(purpose: string): Promise<Tokens> {
  const { tokens } = await askAdminFor<{ tokens: Tokens[] }>(now(), 'GET /tokens')
  return tokens.find(each => each.purpose === purpose) ?? { purpose, generation: 0 }
}

async function makeBusinessToken() {
  const { businessId } = await makeBusiness(now())
  const path = `/businesses/${businessId}` as const
  const make = async () =>
    (await askAdminFor<{ token: string }>(now(), `POST ${path}/cabinet-tokens`, { name: 'Интегратор' })).token
  const works = async (token: string) =>
    (await ask(`${market.url}/admin/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).status
  return { path, make, works, token: await make() }
}

/** A token as earlier versions made them: it does not say after which revocation. */
function makeEarlier(audience: string, secret: Buffer, subject?: string): Promise<string> {
  const at = Math.floor(clock.now().getTime() / 1000)
  const token = new SignJWT(subject === undefined ? {} : { sub: subject }).setProtectedHeader({ alg: 'HS256' })
  return token
    .setAudience(audience)
    .setIssuedAt(at)
    .setExpirationTime(at + 60)
    .sign(secret)
}

describe('tokens of customers', () => {
  test('those of one customer are void and the next one is good at once; nobody else notices', async () => {
    const [leaked, other] = [await makeBuyer(now()), await makeBuyer(now())]
    const second = await startSecond(market)
    const [stream, elsewhere] = [await openEvents(market, leaked), await openEvents(second, leaked)]
    const others = await openEvents(market, other)
    expect(await buyerStatus(leaked)).toBe(200)

    await revoke(`/customers/${leaked.publicId}/tokens`)
    const next = await makeBuyer(now(), leaked.publicId)

    await Promise.all([stream.ended, elsewhere.ended])
    expect([await buyerStatus(leaked), await buyerStatus(next), await buyerStatus(other)]).toEqual([401, 200, 200])
    expect(stream.isWhole()).toBe(true)
    expect(others.isWhole()).toBe(false)
  })

  test('one that an earlier version made works until it is revoked', async () => {
    const { publicId } = await makeBuyer(now())
    const [row] = await market.sql<{ id: bigint }[]>`
      select customer_id as id from market.customers where public_id = ${publicId}`
    const earlier = buyerOf(market, publicId, await makeEarlier('prilavok buyer', secrets.buyerTokens, `${row?.id}`))
    expect(await buyerStatus(earlier)).toBe(200)

    await revoke(`/customers/${publicId}/tokens`)

    expect(await buyerStatus(earlier)).toBe(401)
  })

  test('all of them are void at once, and their generation is told', async () => {
    const [first, second] = [await makeBuyer(now()), await makeBuyer(now())]
    const before = await tokensOf('buyer')

    await revoke('/tokens/buyer')
    const after = await tokensOf('buyer')

    expect([await buyerStatus(first), await buyerStatus(second)]).toEqual([401, 401])
    expect(after).toMatchObject({ generation: before.generation + 1, validFrom: expect.stringMatching(/^20.*Z$/) })
    expect(await buyerStatus(await makeBuyer(now(), first.publicId))).toBe(200)
  })

  test('a customer who is not there has none to revoke', async () => {
    expect((await askAdmin(now(), 'DELETE /customers/nobody/tokens')).status).toBe(404)
    expect((await askAdmin(now(), 'DELETE /businesses/999999999/cabinet-tokens')).status).toBe(404)
    expect((await askAdmin(now(), 'DELETE /tokens/keys')).status).toBe(400)
  })
})

test('tokens of one business are void with its streams, those of others go on, until all are revoked', async () => {
  const [leaked, other] = [await makeBusinessToken(), await makeBusinessToken()]
  const path = `/admin/v1${leaked.path}/events`
  const stream = await openEvents(market, { token: leaked.token, path })
  const admins = await openEvents(market, { token: now().adminToken, path })
  const generation = async () => (await tokensOf('business')).generation

  await revoke(`${leaked.path}/cabinet-tokens`)
  await stream.ended
  const next = await leaked.make()
  const one = [await leaked.works(leaked.token), await leaked.works(next), await other.works(other.token)]
  const before = await generation()
  await revoke('/tokens/business')
  const all = [await leaked.works(next), await other.works(other.token), await other.works(await other.make())]

  expect([one, all]).toEqual([
    [401, 200, 200],
    [401, 401, 200],
  ])
  expect((await generation()) - before).toBe(1)
  expect(admins.isWhole()).toBe(false)
})

describe('sessions of the console', () => {
  test('signing out ends this session alone, at once, in every process and after a restart', async () => {
    const [mine, others] = [await signIn(), await signIn()]
    const second = await startSecond(market)
    const { path } = await makeBusinessToken()
    const read = () => ask(`${market.url}/admin/v1${path}`, { headers: { ...ours, cookie: mine.cookie } })
    expect((await read()).status).toBe(200)

    const reply = await signOut(mine.cookie)

    expect([reply.status, (await read()).status]).toEqual([204, 401])
    expect(await isSignedIn(mine.cookie)).toMatchObject(closed)
    expect(await isSignedIn(others.cookie)).toMatchObject(open)
    await expect.poll(() => isSignedIn(mine.cookie, second), patience).toMatchObject(closed)
    expect(await isSignedIn(mine.cookie, await startSecond(market))).toMatchObject(closed)
    expect(await isSignedIn(others.cookie, second)).toMatchObject(open)
  })

  test('a session that an earlier version opened can be signed out, and takes no later one with it', async () => {
    const earlier = `prilavok_console=${await makeEarlier('prilavok console', secrets.consoleSessions)}`
    const { cookie } = await signIn()
    expect(await isSignedIn(earlier)).toMatchObject(open)

    await signOut(earlier)

    expect(await isSignedIn(earlier)).toMatchObject(closed)
    expect(await isSignedIn(cookie)).toMatchObject(open)
  })

  test('signing out everywhere ends all of them, with links that were not used', async () => {
    const [first, second] = [await signIn(), await signIn()]
    const link = new URLSearchParams(new URL(market.running.consoleUrl()).hash.slice(1)).get('ticket')

    await revoke('/tokens/console')

    expect(await isSignedIn(first.cookie)).toMatchObject(closed)
    expect(await isSignedIn(second.cookie)).toMatchObject(closed)
    expect((await signIn({ ticket: link })).status).toBe(401)
    expect(await isSignedIn((await signIn()).cookie)).toMatchObject(open)
  })

  test('one is over after thirty days', async () => {
    const { cookie } = await signIn()
    clock.advance(30 * dayMs - 1000)
    expect(await isSignedIn(cookie)).toMatchObject(open)
    clock.advance(1000)
    expect(await isSignedIn(cookie)).toMatchObject(closed)
  })

  test('one that was changed, unsigned or signed by another secret is none', async () => {
    const { cookie } = await signIn()
    const [head = '', body = '', signature = ''] = cookie.replace('prilavok_console=', '').split('.')
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
    const values = [
      `${head}.${body}x.${signature}`,
      `${unsigned}.${body}.`,
      await makeEarlier('prilavok console', Buffer.alloc(32)),
      await makeEarlier('prilavok buyer', secrets.consoleSessions),
      'x',
    ]

    for (const value of values) expect(await isSignedIn(`prilavok_console=${value}`)).toMatchObject(closed)
  })
})

test('a revoked admin token opens nothing; the next takes its place in every process, and sessions are over', async () => {
  const second = await startSecond(market)
  const { path } = await makeBusinessToken()
  const { cookie } = await signIn()
  const { adminToken: leaked } = now()
  const told: string[] = []
  market.running.onNewAdminToken(token => told.push(token))
  const stream = await openEvents(market, { token: leaked, path: `/admin/v1${path}/events` })

  await revoke('/tokens/admin')

  await stream.ended
  const { adminToken } = now()
  expect(adminToken).toMatch(/^admin-[\w-]{43}$/)
  expect(told).toEqual([adminToken])
  expect([await statusOf(leaked), await statusOf(adminToken)]).toEqual([401, 200])
  await expect.poll(() => statusOf(leaked, second), patience).toBe(401)
  expect([await statusOf(adminToken, second), second.adminToken]).toEqual([200, adminToken])
  expect((await startSecond(market)).adminToken).toBe(adminToken)
  expect(await isSignedIn(cookie)).toMatchObject(closed)
  expect((await signIn({ adminToken: leaked })).status).toBe(401)
})

describe('the look for what was revoked', () => {
  /** As a process whose announcement was lost. */
  const revokeUnheard = (revoked: TokenSubject) => saveRevocations(market.sql, [revoked])

  test('costs a request nothing while the last one is less than five seconds old', async () => {
    const { cookie } = await signIn()
    let release = () => {}
    const released = new Promise<void>(resolve => {
      release = resolve
    })
    let lock = () => {}
    const locked = new Promise<void>(resolve => {
      lock = resolve
    })
    const holding = market.sql.begin(async transaction => {
      await transaction`lock table market.token_revocations in access exclusive mode`
      lock()
      await released
    })
    await locked

    for (let request = 0; request < 20; request++) expect(await isSignedIn(cookie)).toMatchObject(open)
    clock.advance(5_000)
    const late = isSignedIn(cookie)
    expect(await Promise.race([late, isLocked()])).toBe('waits for the table')
    release()

    expect(await late).toMatchObject(open)
    await holding
  })

  async function isLocked(): Promise<string> {
    const waiting = async () => {
      const rows =
        await market.sql`select from pg_locks where not granted and relation = 'market.token_revocations'::regclass`
      return rows.length
    }
    await expect.poll(waiting, patience).toBe(1)
    return 'waits for the table'
  }

  test('finds what was not announced when it is five seconds old', async () => {
    const buyer = await makeBuyer(now())
    expect(await buyerStatus(buyer)).toBe(200)
    await revokeUnheard({ purpose: 'buyer', subject: '' })

    expect(await buyerStatus(buyer)).toBe(200)
    clock.advance(5_000)
    expect(await buyerStatus(buyer)).toBe(401)
  })
})

test('of many who revoke at the same moment none is lost', async () => {
  const { generation } = await tokensOf('buyer')
  const second = await startSecond(market)
  const at = [now(), { url: second.url, adminToken: second.adminToken }]

  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, index) => askAdmin(at[index % 2] ?? now(), 'DELETE /tokens/buyer')),
  )

  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 204))
  // The last of them may have been revoked at the other process, and be on its way to this one.
  await expect.poll(() => tokensOf('buyer')).toMatchObject({ generation: generation + 12 })
})

test('what was revoked for one is forgotten when its tokens have expired, generations never', async () => {
  const { publicId } = await makeBuyer(now())
  const { path } = await makeBusinessToken()
  await revoke(`/customers/${publicId}/tokens`)
  await revoke(`${path}/cabinet-tokens`)
  const { generation } = await tokensOf('buyer')
  const countOf = async (purpose: string) => {
    const rows = await market.sql`
      select from market.token_revocations where purpose = ${purpose} and subject <> ''`
    return rows.length
  }
  const prune = () => market.running.market.revocations.prune()

  await prune()
  const before = [(await countOf('buyer')) > 0, (await countOf('business')) > 0]
  clock.advance(33 * dayMs)
  await prune()
  const after = [(await countOf('buyer')) > 0, (await countOf('business')) > 0]

  expect([before, after]).toEqual([
    [true, true],
    [false, true],
  ])
  expect((await tokensOf('buyer')).generation).toBe(generation)
})
