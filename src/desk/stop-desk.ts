import { deadline } from '#kit'
import type { HttpServer } from '#serving'
import type { Desk } from './desk.ts'
import { closePools, type Pools } from './pools.ts'

const lastWorkMs = 4_000

type Started = { desk: Desk; pools: Pools; server: HttpServer | undefined }

/** Ends what a start has begun, also one that has failed half-way. */
export async function stopDesk({ desk, pools, server }: Started): Promise<void> {
  const { workers, leases, notifications, bus, log } = desk
  await server?.close()
  // The database may be away for good: a stop does not wait for it.
  await deadline(lastWorkMs, Promise.all([workers.stop(), notifications.stop()]))
  const given = leases.stop().catch(error => log.warn({ err: error }, 'cabinets were not given back: they run out'))
  await deadline(lastWorkMs, given)
  await deadline(lastWorkMs, bus.stop())
  await closePools(pools)
}
