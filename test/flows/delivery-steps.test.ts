import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import { connect, type Sql } from '../../src/database/connect.ts'
import { insertBusiness } from '../../src/market/store/businesses.ts'
import { type StepItem, type StepRow, workSubscriptions } from '../../src/market/store/deliveries.ts'
import { laneOf, releaseLanes, renewLanes, takeLanes } from '../../src/market/store/lane.ts'
import { pruneDeliveries } from '../../src/market/store/prune.ts'
import {
  cancelWaiting,
  findSubscription,
  type SubscriptionRow,
  setSubscriptionState,
} from '../../src/market/store/subscriptions.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { cloneDatabase } from '../support/test-market.ts'

// The steps themselves, without a market: what the database keeps is decided here, whoever asks.
const now = new Date('2026-03-01T09:00:00Z')
const maxDueAt = new Date('2026-03-01T10:06:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const [one, two] = [randomUUID(), randomUUID()]

let sql: Sql
let drop: () => Promise<void>
let made = 0
let shop: { businessId: BusinessId }
let subscription: SubscriptionRow

beforeAll(async () => {
  const database = await cloneDatabase()
  drop = database.drop
  sql = connect(database.url, { max: 4, name: 'test' })
})

afterAll(async () => {
  await sql.end()
  await drop()
})

beforeEach(async () => {
  shop = { businessId: BigInt(++made) as BusinessId } // a number of ours
  await insertBusiness(sql, { ...shop, name: 'Кабинет', directMessages: 'off', now })
  subscription = await subscribe(sql, shop, { url: 'http://127.0.0.1:9/' })
  for (const owner of [one, two]) await releaseLanes(sql, owner, [laneOf(shop.businessId)])
})

async function addDeliveries(count: number): Promise<void> {
  await sql`
    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, happened_at, state)
    select market.lane_of(${shop.businessId}), ${shop.businessId}, ${subscription.subscriptionId}, n, 'chat_created', n, ${now}, 'waiting'
      from generate_series(1, ${count}) n`
}

/** Takes the shop's lane for a process that shares it with nobody; returns the epoch. */
async function hold(owner: string): Promise<bigint> {
  await takeLanes(sql, owner, { ttlMs: 60_000, max: 64 })
  const { lanes, epochs } = await renewLanes(sql, owner, 60_000)
  return epochs[lanes.indexOf(laneOf(shop.businessId))] ?? -1n
}

type Step = { owner: string; epoch: bigint; at?: Date } & Partial<Omit<StepItem, 'epoch'>>

async function step({ owner, epoch, at = now, ...rest }: Step): Promise<Partial<StepRow>> {
  const ids = {
    lane: laneOf(shop.businessId),
    business: `${shop.businessId}`,
    subscription: `${subscription.subscriptionId}`,
  }
  const item = { ...ids, epoch: `${epoch}`, claims: true, ...rest }
  const [row] = await workSubscriptions(sql, [item], { owner, now: at, maxDueAt })
  return row ?? {}
}

const settling = { event: '1', type: 'chat_created', attempt: 1, duration: 7, failures: 0 } as const
const failing = {
  ...settling,
  outcome: 'failed',
  failure: 'http',
  status: 500,
  claims: false,
  due: later(60).toISOString(),
} as const
const stored = () => findSubscription(sql, subscription)
const deliveries = () => readDeliveries(sql, shop)

test('the oldest is claimed, then, when it is settled in the same step, the next', async () => {
  await addDeliveries(2)
  const epoch = await hold(one)

  const first = await step({ owner: one, epoch })
  const second = await step({ owner: one, epoch, ...settling, outcome: 'delivered', status: 200 })
  const third = await step({ owner: one, epoch, ...settling, event: '2', outcome: 'refused', status: 400 })

  expect(first).toMatchObject({ settled: null, claim: 'claimed', eventId: 1n, attempt: 1, url: subscription.url })
  expect(second).toMatchObject({ settled: 'settled', claim: 'claimed', eventId: 2n, attempt: 1 })
  expect(third).toMatchObject({ settled: 'settled', claim: 'nothing' })
  expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'refused'])
})

test('a claim that was not heard of is the same attempt when it is made again', async () => {
  await addDeliveries(1)
  const epoch = await hold(one)
  await step({ owner: one, epoch })

  expect(await step({ owner: one, epoch })).toMatchObject({ claim: 'claimed', eventId: 1n, attempt: 1 })
  expect(await deliveries()).toMatchObject([{ state: 'in_flight', attempts: [] }])
})

test('a result that is told twice is written once', async () => {
  await addDeliveries(1)
  const epoch = await hold(one)
  await step({ owner: one, epoch })

  const settled = [await step({ owner: one, epoch, ...failing }), await step({ owner: one, epoch, ...failing })]

  expect(settled.map(row => row.settled)).toEqual(['settled', 'stale'])
  expect(await stored()).toMatchObject({ failures: 1, dueAt: later(60), failingSince: now })
  expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: ['http 500'] }])
})

test('who holds the lane next takes over what is in flight; the result of the one before changes nothing any more', async () => {
  await addDeliveries(1)
  const epoch = await hold(one)
  await step({ owner: one, epoch })
  await releaseLanes(sql, one, [laneOf(shop.businessId)])
  const next = await hold(two)

  const taken = await step({ owner: two, epoch: next })
  const late = await step({ owner: one, epoch, ...failing })

  expect(next).toBe(epoch + 1n)
  expect(taken).toMatchObject({ claim: 'claimed', attempt: 2 })
  expect(late).toMatchObject({ settled: 'stale' })
  expect(await stored()).toMatchObject({ failures: 0 })
  expect(await deliveries()).toMatchObject([{ state: 'in_flight', attempts: ['interrupted'] }])
})

test.each([
  ['another process', () => hold(one).then(epoch => ({ owner: two, epoch }))],
  ['under an older lease', () => hold(one).then(epoch => ({ owner: one, epoch: epoch - 1n }))],
  [
    'with a lease that has run out',
    async () => {
      const epoch = await hold(one)
      await sql`update market.lane_leases set expires_at = now() where owner = ${one}::uuid`
      return { owner: one, epoch }
    },
  ],
])('%s claims nothing', async (_who, make) => {
  await addDeliveries(1)

  expect(await step(await make())).toMatchObject({ claim: 'no_lease' })
  expect(await deliveries()).toMatchObject([{ state: 'waiting' }])
})

test('a lease that was written before the clock of the database stepped back is kept by nobody', async () => {
  const database = await cloneDatabase()
  const own = connect(database.url, { max: 1, name: 'test' })
  const hourMs = 3_600_000
  await takeLanes(own, one, { ttlMs: hourMs, max: 64 })
  await renewLanes(own, one, hourMs)

  const { share } = await renewLanes(own, two, 3_000)
  const taken = await takeLanes(own, two, { ttlMs: 3_000, max: 64 })
  await own.end()
  await database.drop()

  expect({ share, taken }).toEqual({ share: 64, taken: 64 })
})

test('what is not due yet says when it is, and a moment beyond any wait counts as due', async () => {
  await addDeliveries(1)
  const epoch = await hold(one)
  await step({ owner: one, epoch })
  await step({ owner: one, epoch, ...failing })

  expect(await step({ owner: one, epoch, at: later(59) })).toMatchObject({ claim: 'later', dueAt: later(60) })
  await sql`update market.subscriptions set due_at = ${maxDueAt}::timestamptz + interval '1 second' where lane = ${laneOf(shop.businessId)}`
  expect(await step({ owner: one, epoch })).toMatchObject({ claim: 'claimed', attempt: 2 })
})

test('an attempt that was interrupted is no failure of the shop', async () => {
  await addDeliveries(1)
  const epoch = await hold(one)
  await step({ owner: one, epoch })
  await step({ owner: one, epoch, ...failing, failure: 'interrupted' })

  expect(await stored()).toMatchObject({ failures: 0, failingSince: null })
  expect(await step({ owner: one, epoch })).toMatchObject({ claim: 'claimed', attempt: 2 })
})

test('the last failure fails the subscription; what waited is cancelled and counted', async () => {
  await addDeliveries(3)
  const epoch = await hold(one)
  await sql`update market.subscriptions set failures = 464, failing_since = ${now} where lane = ${laneOf(shop.businessId)}`
  await step({ owner: one, epoch })
  const { due: _, ...last } = failing

  await step({ owner: one, epoch, at: later(9), ...last, failures: 464 })

  expect(await stored()).toMatchObject({ state: 'failed', stateSince: later(9), failures: 465, cancelled: 3 })
  expect((await deliveries()).map(({ state }) => state)).toEqual(Array(3).fill('cancelled'))
})

test('an attempt of before a subscription was enabled anew counts no failure', async () => {
  await addDeliveries(1)
  const epoch = await hold(one)
  await sql`update market.subscriptions set failures = 464 where lane = ${laneOf(shop.businessId)}`
  await step({ owner: one, epoch })
  await setSubscriptionState(sql, subscription, { from: ['enabled'], to: 'disabled', now })
  await setSubscriptionState(sql, subscription, { from: ['disabled'], to: 'enabled', now })
  const { due: _, ...last } = failing

  await step({ owner: one, epoch, ...last, failures: 464 })

  expect(await stored()).toMatchObject({ state: 'enabled', failures: 0 })
})

test('a subscription that is disabled cancels what waits, however much; what is in flight is cancelled if it fails', async () => {
  await addDeliveries(12_000)
  const epoch = await hold(one)
  await step({ owner: one, epoch })

  const changed = await setSubscriptionState(sql, subscription, { from: ['enabled'], to: 'disabled', now })
  const again = await setSubscriptionState(sql, subscription, { from: ['enabled'], to: 'disabled', now })
  expect([changed, again]).toEqual([true, false])
  expect(await stored()).toMatchObject({ state: 'disabled', cancelled: 11_999 })
  await step({ owner: one, epoch, ...failing })

  expect(await stored()).toMatchObject({ cancelled: 12_000, failures: 0 })
  expect(await step({ owner: one, epoch })).toMatchObject({ claim: 'closed' })
})

test('what was written while a subscription was disabled is cancelled when it is enabled, and nothing after', async () => {
  await setSubscriptionState(sql, subscription, { from: ['enabled'], to: 'disabled', now })
  await addDeliveries(2)
  await setSubscriptionState(sql, subscription, { from: ['disabled'], to: 'enabled', now })

  expect(await stored()).toMatchObject({ state: 'enabled', cancelled: 2 })
  await sql`update market.deliveries set state = 'waiting' where business_id = ${shop.businessId} and event_id = 1`
  expect(await cancelWaiting(sql, subscription, { now })).toBe(0)
  expect((await deliveries()).map(({ state }) => state)).toEqual(['waiting', 'cancelled'])
})

test('what is written in the moment before a subscription is enabled is cancelled with the rest', async () => {
  await setSubscriptionState(sql, subscription, { from: ['enabled'], to: 'disabled', now })
  await addDeliveries(2)

  const key = sql`${laneOf(shop.businessId)}::smallint, ${shop.businessId}::bigint, ${subscription.subscriptionId}::bigint`
  await sql`select market.set_subscription_state(${key}, '{disabled}', 'enabled', ${now}::timestamptz)`

  expect(await stored()).toMatchObject({ state: 'enabled', cancelled: 2 })
})

test('what was finished long ago is removed with its attempts, the rest stays', async () => {
  await addDeliveries(3)
  const epoch = await hold(one)
  await step({ owner: one, epoch })
  await step({ owner: one, epoch, ...settling, outcome: 'delivered', status: 200 })
  await step({ owner: one, epoch, at: later(5), ...settling, event: '2', outcome: 'delivered', status: 200 })
  const lane = [laneOf(shop.businessId)]

  expect(await pruneDeliveries(sql, lane, now)).toBe(0)
  expect(await pruneDeliveries(sql, lane, later(1))).toBe(1)

  expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'in_flight'])
  const attempts = await sql`select from market.delivery_attempts where lane = any(${lane}::smallint[])`
  expect(attempts).toHaveLength(1)
})
