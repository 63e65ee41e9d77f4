import type { ActName, Gives, Takes } from '../link/protocol.ts'
import type { HostedMarket } from './hosted-market.ts'
import type { Markets } from './markets.ts'
import { startReceiver } from './receiver.ts'

/** What one test file has, and what all have. */
export type Means = { mine: Map<number, HostedMarket>; markets: () => Promise<Markets>; isGone: () => boolean }

type Table = { [Name in ActName]: (takes: Takes<Name>, means: Means) => Promise<Gives<Name>> }

let receiver: ReturnType<typeof startReceiver> | undefined

const table: Table = {
  async open(options, { mine, markets, isGone }) {
    const market = await (await markets()).open(options)
    mine.set(market.facts.marketId, market)
    if (isGone()) await closeAll(mine)
    return market.facts
  },
  keep: (takes, means) => marketOf(takes, means).keep(),
  reset: (takes, means) => marketOf(takes, means).reset(),
  receiver() {
    receiver ??= startReceiver()
    return receiver
  },
  ask: ({ marketId, ...asked }, means) => marketOf({ marketId }, means).ask(asked),
  expect: (takes, means) => marketOf(takes, means).expect(takes),
  async close(takes, means) {
    const market = marketOf(takes, means)
    means.mine.delete(takes.marketId)
    return market.close()
  },
}

export function perform(act: ActName, takes: unknown, means: Means): Promise<unknown> {
  const run = table[act] as (takes: unknown, means: Means) => Promise<unknown> // what the link sends for this act
  return run(takes, means)
}

export async function closeAll(mine: Map<number, HostedMarket>): Promise<void> {
  const markets = [...mine.values()]
  mine.clear()
  await Promise.all(markets.map(market => market.close()))
}

function marketOf({ marketId }: { marketId: number }, { mine }: Means): HostedMarket {
  const market = mine.get(marketId)
  if (!market) throw new Error('this market was stopped')
  return market
}
