import { type Clock, deadline } from '#kit'
import type { HttpServer } from '#serving'
import type { LabParts } from './lab-parts.ts'
import type { Market } from './market.ts'
import { closePools, type Pools } from './pools.ts'

const lastWorkMs = 1_000

/** How a market is stopped. */
export type Stopping = {
  /** How long it still serves while `/readyz` answers 503, so that a balancer sends nothing more before the port is closed; 0 if it is not said. */
  lameDuckMs?: number
}

type Started = { market: Market; labParts: LabParts | undefined; pools: Pools; servers: readonly HttpServer[] }

/** Ends what a start has begun, also one that has failed half-way. */
export async function stopMarket({ market, labParts, pools, servers }: Started, how: Stopping = {}): Promise<void> {
  const { deliverer, hourly, queryLog, bus, sender } = market
  await lameDuck(servers, market.machineClock, how)
  // Before the server closes: a shop that gets a notification may read the chat it is about.
  labParts?.lab.stop()
  await deadline(lastWorkMs, labParts?.labBuyers.stop())
  await deliverer.stop()
  await Promise.all(servers.map(server => server.close()))
  // The database may be away for good: a stop does not wait for it.
  await deadline(lastWorkMs, Promise.all([hourly.stop(), saveUses(market), queryLog?.stop(), bus.stop()]))
  await sender.close()
  await closePools(pools)
}

async function saveUses({ keyring, log }: Market): Promise<void> {
  await keyring.saveUses().catch(error => log.warn({ err: error }, 'last uses of keys were not saved'))
}

/** Serves for so long while a balancer takes notice. The deliveries of its lanes go on. */
async function lameDuck(servers: readonly HttpServer[], clock: Clock, { lameDuckMs = 0 }: Stopping): Promise<void> {
  if (lameDuckMs <= 0) return
  for (const server of servers) server.leave()
  await new Promise<void>(resolve => clock.after(lameDuckMs, resolve))
}
