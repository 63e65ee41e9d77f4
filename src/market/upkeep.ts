import { idempotencyKeptDays } from '#contract'
import { sweepFiles } from './files/sweep-files.ts'
import type { Market } from './market.ts'
import { keptSince } from './query-log/kept-since.ts'
import { claimMoment } from './store/directory/settings.ts'
import { expireTestOrders } from './store/orders.ts'
import { pruneDeliveries, pruneIdempotencyKeys, pruneRequests } from './store/prune.ts'
import { deleteOrphans } from './store/subscription-admin.ts'

type Chore = { what: string; everyMs: number; work: (market: Market) => Promise<unknown> }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const deliveriesKeptMs = 10 * dayMs

const chores: readonly Chore[] = [
  // A request looks when it needs to; this is for streams, if nobody asks and the announcement was lost.
  { what: 'looking for revoked tokens', everyMs: 5_000, work: ({ revocations }) => revocations.fresh() },
  { what: 'saving the last uses of keys', everyMs: 15_000, work: ({ keyring }) => keyring.saveUses() },
  {
    what: 'removing test orders that are over',
    everyMs: minuteMs,
    work: ({ sql, clock }) => expireTestOrders(sql, clock.now()),
  },
  {
    what: 'removing files that no message names',
    everyMs: 60 * minuteMs,
    // Files have the machine's time, which a lab does not move. All of them are listed: one process does it for all.
    work: async ({ sql, files, machineClock }) => {
      const now = machineClock.now()
      const isOurs = await claimMoment(sql, 'files swept', { now, since: new Date(now.getTime() - 50 * minuteMs) })
      if (isOurs) await sweepFiles({ sql, files, now })
    },
  },
  {
    what: 'removing old deliveries',
    everyMs: 10 * minuteMs,
    // Each process removes those of its own lanes.
    work: ({ sql, clock, deliverer }) =>
      pruneDeliveries(sql, deliverer.lanes, new Date(clock.now().getTime() - deliveriesKeptMs)),
  },
  {
    what: 'removing deliveries of subscriptions that are gone',
    everyMs: 10 * minuteMs,
    work: ({ sql, deliverer }) => deleteOrphans(sql, deliverer.lanes),
  },
  {
    what: 'removing old idempotency keys',
    everyMs: 10 * minuteMs,
    work: ({ sql, clock, deliverer }) =>
      pruneIdempotencyKeys(sql, deliverer.lanes, new Date(clock.now().getTime() - idempotencyKeptDays * dayMs)),
  },
  {
    what: 'removing revocations of tokens that have expired since',
    everyMs: 60 * minuteMs,
    work: ({ revocations }) => revocations.prune(),
  },
  {
    what: 'removing old requests from the query log',
    everyMs: 10 * minuteMs,
    work: ({ sql, clock }) => pruneRequests(sql, keptSince(clock.now())),
  },
]

/** Does the chores at their intervals. A failure is logged, and the chore is tried again the next time. */
export function startUpkeep(market: Market): () => void {
  const timers = chores.map(chore => setInterval(() => void attempt(chore, market), chore.everyMs).unref())
  return () => timers.forEach(clearInterval)
}

/** All of it at once, for when the clock was moved. */
export async function doUpkeep(market: Market): Promise<void> {
  for (const chore of chores) await attempt(chore, market)
}

async function attempt({ what, work }: Chore, market: Market): Promise<void> {
  await work(market).catch(error => market.log.warn({ err: error }, `${what} did not work; it is tried again`))
}
