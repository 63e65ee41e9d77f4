import { expect, vi } from 'vitest'
import type { RunningMarket } from '#market'
import { lanes as allLanes, type Lane, laneOf } from '../../src/market/store/lane.ts'
import { makeBusiness, type TestBusiness } from './business.ts'
import { type DieAt, type ForkedMarket, forkMarket } from './forked-market.ts'
import { readDeliveries } from './subscriptions.ts'
import type { TestMarket } from './test-market.ts'

/** Resolves when these processes share all the lanes, each having so many: with the lanes of each at that moment. */
export function waitForShares(markets: readonly RunningMarket[], count: number): Promise<Lane[][]> {
  const look = () => {
    const shares = markets.map(({ market }) => market.deliverer.lanes)
    expect(shares.map(lanes => lanes.length)).toEqual(markets.map(() => count))
    return shares
  }
  return vi.waitFor(look, { timeout: 30_000, interval: 20 })
}

/**
 * Resolves when so many processes live and hold all the lanes in equal shares: nobody who was killed before counts any more.
 * With the lanes that this process does not hold.
 */
function waitForSharers({ sql, running }: TestMarket, processes: number): Promise<Lane[]> {
  const look = async () => {
    const ours = running.market.deliverer.lanes.toSorted((a, b) => a - b)
    const held = await sql<{ lanes: Lane[] }[]>`
      select coalesce(array_agg(l.lane::integer order by l.lane) filter (where l.owner = d.owner), '{}') as lanes
        from market.deliverers d
        left join market.lane_leases l on l.owner = d.owner and l.expires_at > clock_timestamp()
       where d.seen_until > clock_timestamp()
       group by d.owner`
    expect(held.map(({ lanes }) => lanes.length)).toEqual(Array(processes).fill(allLanes.length / processes))
    expect(held.map(({ lanes }) => lanes)).toContainEqual(ours)
    return allLanes.filter(lane => !ours.includes(lane))
  }
  return vi.waitFor(look, { timeout: 30_000, interval: 20 })
}

/** Another process that holds the other half of the lanes. */
export async function forkSharer(market: TestMarket, dieAt?: DieAt): Promise<ForkedMarket & { lanes: Lane[] }> {
  await waitForSharers(market, 1)
  const child = await forkMarket(market, dieAt)
  return { ...child, lanes: await waitForSharers(market, 2) }
}

/** A business whose notifications are sent by whoever holds these lanes. */
export async function makeBusinessIn(lanes: readonly Lane[] = [], market: TestMarket): Promise<TestBusiness> {
  const shop = await makeBusiness(market)
  return lanes.includes(laneOf(shop.businessId)) ? shop : makeBusinessIn(lanes, market)
}

/** Resolves when all of a shop's deliveries are what they should be, within the time in which work must be handed on. */
export async function waitForStates({ sql }: TestMarket, shop: TestBusiness, states: string[]): Promise<void> {
  const look = async () => expect((await readDeliveries(sql, shop)).map(({ state }) => state)).toEqual(states)
  await vi.waitFor(look, { timeout: 30_000, interval: 20 })
}
