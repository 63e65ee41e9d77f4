import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { BusinessId } from '#contract'
import { type MonotonicClock, makeManualClock } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import type { OnDeliveryMoment } from '../../src/market/notify/delivery-moments.ts'
import { LaneLeases } from '../../src/market/notify/lane-leases.ts'
import type { Send } from '../../src/market/notify/sender.ts'
import { Steps } from '../../src/market/notify/steps.ts'
import { workSubscription } from '../../src/market/notify/work-subscription.ts'
import { insertBusiness } from '../../src/market/store/businesses.ts'
import { plain } from '../../src/market/store/layout.ts'
import type { SubscriptionRow } from '../../src/market/store/subscriptions.ts'
import { subscribe } from '../support/subscriptions.ts'
import { cloneDatabase, collectingLog } from '../support/test-market.ts'

const now = new Date('2026-03-01T09:00:00Z')
const businessId = 1n as BusinessId // a number of ours
const leaseMs = 3_000

let sql: Sql
let drop: () => Promise<void>
let subscription: SubscriptionRow

beforeAll(async () => {
  const database = await cloneDatabase()
  drop = database.drop
  sql = connect(database.url, { max: 4, name: 'test' })
  await insertBusiness(sql, { businessId, name: 'Кабинет', directMessages: 'off', now })
  subscription = await subscribe(sql, { businessId }, { url: 'http://127.0.0.1:9/' })
  await sql`
    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, happened_at, state)
    values (market.lane_of(${businessId}), ${businessId}, ${subscription.subscriptionId}, 1, 'chat_created', 1, ${now}, 'waiting')`
})

afterAll(async () => {
  await sql.end()
  await drop()
})

/** Time that stands still until the process is paused, and what is to be done again and again, when it is told. */
function makeManualMonotonic() {
  let passedMs = 0
  const repeated: (() => void)[] = []
  const monotonic: MonotonicClock = {
    nowMs: () => passedMs,
    after: () => {},
    every(_periodMs, work) {
      repeated.push(work)
      return () => {}
    },
  }
  const pause = (ms: number) => {
    passedMs += ms
  }
  const repeat = () => {
    for (const work of repeated) work()
  }
  return { monotonic, pause, repeat }
}

/** A process that works the subscription, with leases of its own. */
async function startProcess(monotonic: MonotonicClock) {
  const [owner, clock, log] = [randomUUID(), makeManualClock(now), collectingLog([])]
  const leases = new LaneLeases({ sql, log, monotonic, owner, isBusy: () => true, onChange: () => {} })
  await leases.start()
  onTestFinished(() => leases.stop())
  const sent: string[] = []
  const send: Send = async (_target, { id }) => {
    sent.push(id)
    return { outcome: 'delivered', status: 200, durationMs: 1 }
  }
  const signal = new AbortController().signal
  const needs = {
    steps: new Steps({ sql, layout: plain, clock, owner }),
    leases,
    send,
    secret: Buffer.from('secret'),
    clock,
    signal,
  }
  const work = (onMoment: OnDeliveryMoment = () => {}) =>
    workSubscription({ ...needs, isToYield: () => false, onSettled: () => {}, onMoment }, subscription)
  return { sent, work }
}

test('a process that was paused after it claimed a delivery sends nothing until it holds the lane again', async () => {
  const { monotonic, pause, repeat } = makeManualMonotonic()
  const { sent, work } = await startProcess(monotonic)

  const paused = await work(moment => moment === 'after claim' && pause(leaseMs))
  const sentWhilePaused = sent.length

  expect([paused, sentWhilePaused]).toEqual([{ claim: 'no_lease' }, 0])
  const workAgain = () => {
    repeat()
    return work()
  }
  await expect.poll(workAgain).toEqual({ claim: 'nothing' })
  expect(sent).toHaveLength(1)
})
