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

/** A cabinet whose notifications this process sends, or does not. */
export async function makeCabinetWorkedBy(
  market: TestMarket,
  isTheOne: (isThisProcess: boolean) => boolean,
): Promise<Cabinet> {
  const shop = await makeCabinet(market)
  const isOurs = market.running.market.deliverer.lanes.includes(laneOf(shop.businessId))
  return isTheOne(isOurs) ? shop : makeCabinetWorkedBy(market, isTheOne)
}
