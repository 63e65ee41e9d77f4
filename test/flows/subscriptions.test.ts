import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { changeSubscription } from '../../src/market/store/subscription-admin.ts'
import type { SubscriptionId } from '../../src/market/store/subscriptions.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeReceiver } from '../support/receiver.ts'
import { readDeliveries } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const market = useMarket({ clock })
const guarded = useMarket({ arePrivateWebhooksAllowed: false })

type Subscription = {
  subscriptionId: number
  name: string
  state: string
  url: string
  types: string[]
  waiting: number
  cancelled: number
  failures: number
  stateSince: string
  nextAttemptAt?: string
  lastDeliveredAt?: string
  previousSecretUntil?: string
}
type One = { subscription: Subscription; secret: string }
type Shop = { businessId: bigint }

const allTypes = ['CHAT_CREATED', 'CHAT_MESSAGE_SENT', 'CHAT_ARBITRAGE_STARTED', 'CHAT_ARBITRAGE_FINISHED']
const pathOf = ({ businessId }: Shop) => `/businesses/${businessId}/subscriptions` as const

const create = (shop: Shop, url: string, more: object = {}) =>
  askAdmin(market, `POST ${pathOf(shop)}`, { name: 'CRM', url, types: allTypes, ...more })

async function subscribe(shop: Shop, url: string, more: object = {}) {
  const { subscription, secret } = await askAdminFor<One>(market, `POST ${pathOf(shop)}`, {
    ...{ name: 'CRM', url, types: allTypes },
    ...more,
  })
  return { path: `${pathOf(shop)}/${subscription.subscriptionId}` as const, subscription, secret }
}

async function list(shop: Shop): Promise<Subscription[]> {
  const { subscriptions } = await askAdminFor<{ subscriptions: Subscription[] }>(market, `GET ${pathOf(shop)}`)
  return subscriptions
}

test('a subscription is made when its address answers PING, and then is told of what happens', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()

  const made = await create(shop, receiver.url)
  const chatId = await shop.makeChat()
  await market.running.market.deliverer.settled()
  const [listed] = await list(shop)

  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    subscription: {
      name: 'CRM',
      url: receiver.url,
      types: allTypes,
      state: 'ENABLED',
      waiting: 0,
      cancelled: 0,
      failures: 0,
    },
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
  })
  expect(receiver.arrivals.map(({ body }) => [body.notificationType, body.chatId])).toEqual([
    ['PING', undefined],
    ['CHAT_CREATED', Number(chatId)],
  ])
  expect(receiver.arrivals.map(({ headers }) => 'webhook-signature' in headers)).toEqual([false, true])
  expect(listed).toMatchObject({ waiting: 0, lastDeliveredAt: '2026-03-01T09:00:00.000Z' })
  expect(listed).not.toHaveProperty('secret')
})

const failures = [
  ['fail', { kind: 'CANT_GET_RESPONSE', reason: 'HTTP', status: 500 }],
  ['refuse', { kind: 'CANT_GET_RESPONSE', reason: 'HTTP', status: 400 }],
  ['redirect', { kind: 'CANT_GET_RESPONSE', reason: 'HTTP', status: 302 }],
  ['garbage', { kind: 'INVALID_RESPONSE', reason: 'INVALID_DATA', status: 200 }],
  ['close', { kind: 'CANT_GET_RESPONSE', reason: 'CONNECTION_REFUSED' }],
] as const

test.for(failures)(
  'an address that answers PING with "%s" makes no subscription, and the failure says why',
  async ([answering, failure]) => {
    const shop = await makeBusiness(market)
    const receiver = await makeReceiver(answering)

    const refused = await create(shop, receiver.url)

    expect(refused.body).toMatchObject({ status: 422, failure, detail: expect.stringContaining(failure.reason) })
    expect(await list(shop)).toEqual([])
  },
)

test('an address that takes longer than a second for PING makes no subscription', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('hang')

  const asked = create(shop, receiver.url)
  await receiver.arrived(1)
  clock.advance(1_000)
  const refused = await asked

  expect(refused.body).toMatchObject({ status: 422, failure: { reason: 'READ_TIMED_OUT' } })
  expect(await list(shop)).toEqual([])
})

test('one that is made disabled is not asked, is told nothing, and begins when it is enabled', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path, secret } = await subscribe(shop, receiver.url, { isEnabled: false })
  await shop.makeChat()
  await market.running.market.deliverer.settled()
  const toldBefore = receiver.arrivals.length

  const enabled = await askAdmin(market, `POST ${path}/enable`)
  const chatId = await shop.makeChat()
  await market.running.market.deliverer.settled()

  expect(toldBefore).toBe(0)
  expect(enabled.body).toMatchObject({ subscription: { state: 'ENABLED' } })
  expect(receiver.arrivals.map(({ body }) => [body.notificationType, body.chatId])).toEqual([
    ['PING', undefined],
    ['CHAT_CREATED', Number(chatId)],
  ])
  expect(receiver.arrivals.map(arrival => isSigned(arrival, secret))).toEqual([true, true])
})

test('one is not enabled while its address does not answer, and its state stays as it is', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path } = await subscribe(shop, receiver.url, { isEnabled: false })
  const [before] = await list(shop)
  receiver.answering = 'garbage'

  const refused = await askAdmin(market, `POST ${path}/enable`)

  expect(refused.body).toMatchObject({ status: 422, failure: { kind: 'INVALID_RESPONSE', reason: 'INVALID_DATA' } })
  expect(await list(shop)).toEqual([before])
})

test('what waits for one that is disabled is cancelled and counted; enabled, it begins anew', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path } = await subscribe(shop, receiver.url)
  receiver.answering = 'fail'
  await shop.makeChat()
  await shop.makeChat()
  await market.running.market.deliverer.settled()
  const [failing] = await list(shop)

  const disabled = await askAdminFor<One>(market, `POST ${path}/disable`)
  const again = await askAdminFor<One>(market, `POST ${path}/disable`)
  receiver.answering = 'ok'
  const enabled = await askAdminFor<One>(market, `POST ${path}/enable`)
  await market.running.market.deliverer.settled()

  expect(failing).toMatchObject({ state: 'ENABLED', waiting: 2, failures: 1, failingSince: clock.now().toISOString() })
  expect(Date.parse(failing?.nextAttemptAt ?? '')).toBeGreaterThan(clock.now().getTime() + 50_000)
  expect(disabled.subscription).toMatchObject({ state: 'DISABLED', waiting: 0, cancelled: 2 })
  expect(again.subscription).toEqual(disabled.subscription)
  expect(enabled.subscription).toMatchObject({ state: 'ENABLED', failures: 0, cancelled: 2 })
  expect(enabled.subscription).not.toHaveProperty('failingSince')
  expect((await readDeliveries(market.sql, shop)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
})

test('a change is partial; a new address of an enabled one must answer first, and is no heir to old failures', async () => {
  const shop = await makeBusiness(market)
  const [old, good, bad] = [await makeReceiver(), await makeReceiver(), await makeReceiver('fail')]
  const { path, secret } = await subscribe(shop, old.url)
  old.answering = 'fail'
  await shop.makeChat()
  await market.running.market.deliverer.settled()

  const renamed = await askAdminFor<One>(market, `PATCH ${path}`, { name: 'Склад', types: ['CHAT_CREATED'] })
  const refused = await askAdmin(market, `PATCH ${path}`, { url: bad.url })
  const kept = await list(shop)
  const moved = await askAdminFor<One>(market, `PATCH ${path}`, { url: good.url })
  await market.running.market.deliverer.settled()

  expect(renamed.subscription).toMatchObject({ name: 'Склад', url: old.url, types: ['CHAT_CREATED'], failures: 1 })
  expect(refused.body).toMatchObject({ status: 422, failure: { status: 500 } })
  expect(kept).toEqual([renamed.subscription])
  expect(moved.subscription).toMatchObject({ url: good.url, failures: 0 })
  expect(good.arrivals.map(({ body }) => body.notificationType)).toEqual(['PING', 'CHAT_CREATED'])
  expect(isSigned(good.arrivals[0], secret)).toBe(true)
})

test('a new address of a disabled one is not asked', async () => {
  const shop = await makeBusiness(market)
  const { path } = await subscribe(shop, 'http://127.0.0.1:1/', { isEnabled: false })

  const moved = await askAdminFor<One>(market, `PATCH ${path}`, { url: 'http://127.0.0.1:2/' })

  expect(moved.subscription).toMatchObject({ url: 'http://127.0.0.1:2/', state: 'DISABLED' })
})

test('a copy is disabled and has a secret of its own', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path, secret, subscription } = await subscribe(shop, receiver.url, { name: 'Я'.repeat(200) })

  const copy = await askAdminFor<One>(market, `POST ${path}/duplicate`)

  expect(copy.subscription).toMatchObject({
    name: `${'Я'.repeat(196)} (2)`,
    url: receiver.url,
    types: allTypes,
    state: 'DISABLED',
  })
  expect(copy.subscription.subscriptionId).not.toBe(subscription.subscriptionId)
  expect(copy.secret).not.toBe(secret)
})

test('PING can be sent in any state, says how long it took, and changes nothing', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path } = await subscribe(shop, receiver.url, { isEnabled: false })
  const before = await list(shop)

  const good = await askAdmin(market, `POST ${path}/ping`)
  receiver.answering = 'fail'
  const bad = await askAdmin(market, `POST ${path}/ping`)

  expect(good.body).toEqual({ ok: true, durationMs: expect.any(Number) })
  expect(bad.body).toEqual({
    ok: false,
    durationMs: expect.any(Number),
    failure: { kind: 'CANT_GET_RESPONSE', reason: 'HTTP', status: 500 },
  })
  expect(receiver.arrivals[0]?.headers['webhook-id']).toMatch(/^ping_/)
  expect(receiver.arrivals[1]?.headers['webhook-id']).not.toBe(receiver.arrivals[0]?.headers['webhook-id'])
  expect(await list(shop)).toEqual(before)
})

test('a changed secret signs at once; for a day the one before signs too', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path, secret } = await subscribe(shop, receiver.url)

  const rotated = await askAdminFor<{ secret: string; previousValidUntil: string }>(
    market,
    `POST ${path}/rotate-secret`,
  )
  const [overlapping] = await list(shop)
  await askAdminFor(market, `POST ${path}/ping`)
  clock.advance(24 * 60 * 60_000)
  await askAdminFor(market, `POST ${path}/ping`)
  const [over] = await list(shop)

  const [, within, after] = receiver.arrivals
  expect(rotated.secret).not.toBe(secret)
  expect(overlapping?.previousSecretUntil).toBe(rotated.previousValidUntil)
  expect(Date.parse(rotated.previousValidUntil)).toBe(clock.now().getTime())
  expect([isSigned(within, rotated.secret), isSigned(within, secret)]).toEqual([true, true])
  expect([isSigned(after, rotated.secret), isSigned(after, secret)]).toEqual([true, false])
  expect(over).not.toHaveProperty('previousSecretUntil')
})

test('one that is deleted is told nothing more, and nothing of it stays', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path } = await subscribe(shop, receiver.url)
  receiver.answering = 'fail'
  await shop.makeChat()
  await market.running.market.deliverer.settled()

  const deleted = await askAdmin(market, `DELETE ${path}`)
  const again = await askAdmin(market, `DELETE ${path}`)
  await shop.makeChat()
  await market.running.market.deliverer.settled()

  expect([deleted.status, again.status]).toEqual([204, 404])
  expect(await list(shop)).toEqual([])
  expect(await readDeliveries(market.sql, shop)).toEqual([])
  const [{ count }] = await market.sql<[{ count: number }]>`
    select count(*)::integer as count from market.delivery_attempts where business_id = ${shop.businessId}`
  expect(count).toBe(0)
})

test('a business has at most fifty, also when they are made at the same moment', async () => {
  const shop = await makeBusiness(market)
  const wanted = { isEnabled: false }

  const make = (count: number) =>
    Promise.all(Array.from({ length: count }, () => create(shop, 'http://127.0.0.1:1/', wanted)))
  for (let dozen = 0; dozen < 4; dozen++) await make(12)

  const made = await make(5)

  expect(made.filter(({ status }) => status === 201)).toHaveLength(2)
  expect(made.find(({ status }) => status !== 201)?.body).toMatchObject({
    status: 409,
    detail: expect.stringContaining('50'),
  })
})

test('one that is moved while its PING is under way is not enabled for an address that has not answered', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path } = await subscribe(shop, receiver.url, { isEnabled: false })
  receiver.onArrival = () => askAdminFor(market, `PATCH ${path}`, { url: 'http://127.0.0.1:1/' })

  const enabled = await askAdmin(market, `POST ${path}/enable`)

  expect(enabled.body).toMatchObject({ status: 409, detail: expect.stringContaining('try again') })
  expect(await list(shop)).toMatchObject([{ state: 'DISABLED', url: 'http://127.0.0.1:1/' }])
})

test('one that is deleted while its new address is asked stays deleted', async () => {
  const shop = await makeBusiness(market)
  const [first, second] = [await makeReceiver(), await makeReceiver()]
  const { path } = await subscribe(shop, first.url)
  second.onArrival = () => askAdmin(market, `DELETE ${path}`)

  const moved = await askAdmin(market, `PATCH ${path}`, { url: second.url })

  expect(moved.status).toBe(409)
  expect(await list(shop)).toEqual([])
})

test('one that was enabled behind the back of a change does not get an address that was not asked', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { subscription } = await subscribe(shop, receiver.url)
  const key = { businessId: shop.businessId, subscriptionId: BigInt(subscription.subscriptionId) as SubscriptionId } // just made

  const isMoved = await changeSubscription(market.sql, key, { url: 'http://127.0.0.1:1/' }, false)

  expect(isMoved).toBe(false)
  expect(await list(shop)).toMatchObject([{ url: receiver.url }])
})

test('racing calls to enable, disable and delete leave one of their outcomes and break nothing', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { path } = await subscribe(shop, receiver.url)
  const acts = ['enable', 'disable', 'enable', 'disable', 'ping', 'rotate-secret'] as const

  const racing = await Promise.all(
    Array.from({ length: 30 }, (_, index) => askAdmin(market, `POST ${path}/${acts[index % acts.length] ?? 'ping'}`)),
  )
  const [left] = await list(shop)
  const deleting = await Promise.all([
    askAdmin(market, `DELETE ${path}`),
    ...acts.map(act => askAdmin(market, `POST ${path}/${act}`)),
  ])

  expect(racing.map(({ status }) => status)).toEqual(racing.map(() => 200))
  expect(left?.state).toMatch(/^(ENABLED|DISABLED)$/)
  expect(deleting[0]?.status).toBe(204)
  expect(deleting.map(({ status }) => status).filter(status => ![200, 204, 404, 409].includes(status))).toEqual([])
  expect(await list(shop)).toEqual([])
})

const misfits = [
  ['no URL', { url: 'crm' }, 'url'],
  ['a URL with a password', { url: 'http://name:word@127.0.0.1/' }, 'url'],
  ['an unknown type', { types: ['PING'] }, 'types[0]'],
  ['no type', { types: [] }, 'types'],
  ['a type twice', { types: ['CHAT_CREATED', 'CHAT_CREATED'] }, 'types'],
  ['no name', { name: '  ' }, 'name'],
] as const

test.for(misfits)('a subscription with %s does not fit', async ([, more, at]) => {
  const shop = await makeBusiness(market)

  const refused = await create(shop, 'http://127.0.0.1:1/', more)

  expect(refused.body).toMatchObject({ status: 400, errors: [{ at }] })
})

test('what is not there is not found, nor what is of another business', async () => {
  const [one, two] = [await makeBusiness(market), await makeBusiness(market)]
  const { subscription } = await subscribe(one, 'http://127.0.0.1:1/', { isEnabled: false })
  const elsewhere = `${pathOf(two)}/${subscription.subscriptionId}` as const

  const replies = [
    await askAdmin(market, `PATCH ${elsewhere}`, { name: 'Чужая' }),
    await askAdmin(market, `DELETE ${elsewhere}`),
    ...(await Promise.all(
      ['enable', 'disable', 'duplicate', 'ping', 'retry', 'rotate-secret'].map(act =>
        askAdmin(market, `POST ${elsewhere}/${act}`),
      ),
    )),
    await askAdmin(market, `POST ${elsewhere}/replay`, { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }),
    await askAdmin(market, 'GET /businesses/777777777/subscriptions'),
  ]

  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 404))
  expect(await list(one)).toMatchObject([{ name: 'CRM', state: 'DISABLED' }])
})

test('a market that serves people takes no private address, and says what is wrong with it', async () => {
  const shop = await makeBusiness(guarded)
  const receiver = await makeReceiver()
  const wanted = { name: 'CRM', types: allTypes, isEnabled: false }

  const refused = await askAdmin(guarded, `POST ${pathOf(shop)}`, { ...wanted, url: receiver.url })
  const taken = await askAdmin(guarded, `POST ${pathOf(shop)}`, { ...wanted, url: 'https://shop.example/hook' })

  expect(refused.body).toMatchObject({
    status: 400,
    errors: [{ at: 'url', problem: expect.stringContaining('https') }],
  })
  expect(taken.status).toBe(201)
  expect(receiver.arrivals).toEqual([])
})

type Arrival = { headers: Record<string, unknown>; text: string } | undefined

/** As Standard Webhooks has it: one of the signatures is of this secret. */
function isSigned(arrival: Arrival, secret: string): boolean {
  if (!arrival) return false
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = arrival.headers
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = createHmac('sha256', key).update(`${id}.${at}.${arrival.text}`).digest('base64')
  return String(signatures).split(' ').includes(`v1,${signed}`)
}
