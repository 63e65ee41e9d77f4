import { expect, vi } from 'vitest'
import type { RunningMarket } from '#market'
import { laneOf } from '../../src/market/store/lane.ts'
import { type Cabinet, makeCabinet } from './cabinet.ts'
import type { TestMarket } from './test-market.ts'

/** Resolves when these processes share all the lanes, each having at most so many. */
export async function waitForShares(markets: readonly RunningMarket[], lanes: number): Promise<void> {
  const share = () =>
    expect(markets.map(({ market }) => market.deliverer.lanes.length)).toEqual(markets.map(() => lanes))
  await vi.waitFor(share, { timeout: 8_000, interval: 20 })
}

/** Resolves when so many processes live and hold all the lanes in equal shares: nobody who was killed before counts any more. */
export async function waitForSharers({ sql, running }: TestMarket, processes: number): Promise<void> {
  const share = 64 / processes
  const look = async () => {
    const held = await sql<{ lanes: number }[]>`
      select count(l.lane)::integer as lanes
        from market.deliverers d
        left join market.lane_leases l on l.owner = d.owner and l.expires_at > clock_timestamp()
       where d.seen_until > clock_timestamp()
       group by d.owner`
    expect([running.market.deliverer.lanes.length, ...held.map(({ lanes }) => lanes)]).toEqual(
      Array(processes + 1).fill(share),
    )
  }
  await vi.waitFor(look, { timeout: 15_000, interval: 20 })
}

/** A cabinet whose notifications this process sends, or does not. */
export async function makeCabinetWorkedBy(
  market: TestMarket,
  isTheOne: (isThisProcess: boolean) => boolean,
): Promise<Cabinet> {
  const shop = await makeCabinet(market)
  const isOurs = market.running.market.deliverer.lanes.includes(laneOf(shop.businessId))
  return isTheOne(isOurs) ? shop : makeCabinetWorkedBy(market, isTheOne)
}
