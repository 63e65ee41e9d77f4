import { setTimeout as after } from 'node:timers/promises'
import type { Market } from './market.ts'
import type { MarketServer } from './market-server.ts'
import { closePools, type Pools } from './pools.ts'

const lastWorkMs = 1_000

type Started = { market: Market; pools: Pools; server: MarketServer | undefined }

/** Ends what a start has begun, whether or not it got to its end. */
export async function stopMarket({ market, pools, server }: Started): Promise<void> {
  const { lab, labBuyers, deliverer, hourly, queryLog, bus, sender } = market
  // Before the server closes: a shop that is being told may read what it is told of.
  lab?.stop()
  await atMost(lastWorkMs, labBuyers?.stop())
  await deliverer.stop()
  await server?.close()
  await atMost(lastWorkMs, Promise.all([hourly.stop(), saveUses(market), queryLog?.stop(), bus.stop()]))
  await sender.close()
  await closePools(pools)
}

async function saveUses({ keyring, log }: Market): Promise<void> {
  await keyring.saveUses().catch(error => log.warn({ err: error }, 'last uses of keys were not saved'))
}

/** The database may be away for good: a stop does not wait for it. */
async function atMost(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  await Promise.race([work, after(ms, undefined, { ref: false })])
}
