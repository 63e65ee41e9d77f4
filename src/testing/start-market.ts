import { askingOf } from './asking.ts'
import { hostProgram } from './host-program.ts'
import { connectHost } from './link/connect.ts'
import { subscribe } from './subscribe.ts'
import { TestMarket } from './test-market.ts'
import type { MarketOptions } from './types.ts'

/**
 * Starts a market for a test file, on a database of its own: what other files do in theirs does not meet it. The first one of a
 * run also starts PostgreSQL, which others find. Stop it when the file is over; if its process ends it is stopped, too.
 */
export async function startMarket({ notify, rateLimits = false, seed = 1 }: MarketOptions = {}): Promise<TestMarket> {
  const link = await connectHost(hostProgram)
  const facts = await link.ask('open', { rateLimits, seed })
  const market = new TestMarket(link, facts)
  const { marketId } = facts
  try {
    await subscribe(askingOf(link, facts), facts, notify ?? (await link.ask('receiver', { marketId })))
    await link.ask('keep', { marketId })
  } catch (error) {
    await market.stop()
    throw error
  }
  return market
}
