import type { ChatStore } from '#client'
import type { Send } from '../../src/market/notify/sender.ts'
import { findBroken } from '../evidence/checks.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { gather } from '../evidence/gather.ts'
import type { Serve } from './network.ts'
import type { SimMarket } from './sim-market.ts'
import type { SimProcess } from './sim-process.ts'
import { removeShops } from './sim-shops.ts'
import { SimWorld } from './sim-world.ts'
import type { Story } from './story.ts'

/** What a test breaks on purpose, to see that it is found. */
export type Planted = {
  store?: (store: ChatStore, process: SimProcess) => ChatStore
  send?: (send: Send) => Send
  serve?: (serve: Serve) => Serve
}

export type Figures = {
  messages: number
  calls: number
  /** Messages of shops that met a finished chat. */
  closed: number
  notifications: number
  statements: number
  crashes: number
  virtualMs: number
  /** How many of each kind. */
  faults: Map<string, number>
}

export type Played = { broken: string[]; digest: string; lines: string[]; figures: Figures }

type Ways = { planted?: Planted; isTold?: boolean }

const startsAt = new Date('2026-03-01T09:00:00.200Z')
const firstLookMs = 5_000
const lookAtLeastEveryMs = 60_000
// Longer than any pause of a mirror, any repetition of a call and any wait of a subscription that has failed a few times.
const patienceMs = 20 * 60_000

/** Plays a story to its end, lets its world come to rest, and looks what was broken. */
export async function playStory(
  market: SimMarket,
  story: Story,
  { planted = {}, isTold = false }: Ways = {},
): Promise<Played> {
  const world = await SimWorld.begin(market, story, { startsAt, planted, isTold })
  try {
    await world.playSteps()
    const restless = await untilRest(world)
    const evidence = await gather(
      { ...world, sql: market.database.sql, place: { filesFolder: '' }, s3: undefined },
      world.mirrored,
    )
    noteEnd(world, evidence)
    const failures = [
      ...world.failures,
      ...market.takeErrors().map(line => `the market logged an error: ${line.trim()}`),
    ]
    const { trace } = world
    return {
      broken: [...findBroken(evidence), ...failures, ...restless],
      ...{ digest: trace.digest(), lines: trace.lines },
      figures: world.figures(evidence.messages.length),
    }
  } finally {
    await world.end()
    await removeShops(market.database.sql, world.shops)
  }
}

/** Lets time pass without faults until nothing is under way and the mirrors have what there is. What is not there then never comes. */
async function untilRest(world: SimWorld): Promise<string[]> {
  const { time } = world
  world.calmDown()
  const untilMs = time.nowMs + patienceMs
  for (let lookMs = firstLookMs; time.nowMs < untilMs; lookMs = Math.min(lookMs * 2, lookAtLeastEveryMs)) {
    await time.run(time.nowMs + lookMs)
    if (await world.isAtRest()) return []
  }
  return world.restless()
}

function noteEnd({ trace, time }: SimWorld, { messages, deliveries, acts }: Evidence): void {
  const left = [
    ...messages.map(({ businessId, chatId, messageId }) => `message ${businessId} ${chatId} ${messageId}`),
    ...deliveries.map(({ subscriptionId, messageId, state }) => `delivery ${subscriptionId} ${messageId} ${state}`),
  ]
  // PostgreSQL gives rows in no order.
  for (const line of left.sort()) trace.note(time.nowMs, line)
  for (const { hash, outcome } of acts) trace.note(time.nowMs, `act ${hash} ${outcome}`)
}
