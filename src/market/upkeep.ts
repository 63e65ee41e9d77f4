import { sweepFiles } from './files/sweep-files.ts'
import type { Market } from './market.ts'
import { expireTestOrders } from './store/orders.ts'

const keyUsesEveryMs = 15_000
const expiryEveryMs = 60_000
const sweepEveryMs = 60 * 60_000

/** What is done now and then: a failure is told and tried again the next time. */
export function startUpkeep({ sql, keyring, clock, log, files }: Market): () => void {
  const every = (ms: number, what: string, work: () => Promise<unknown>) =>
    setInterval(
      () => work().catch(error => log.warn({ err: error }, `${what} did not work; it is tried again`)),
      ms,
    ).unref()
  const timers = [
    every(keyUsesEveryMs, 'saving the last uses of keys', () => keyring.saveUses()),
    every(expiryEveryMs, 'removing test orders that are over', () => expireTestOrders(sql, clock.now())),
    every(sweepEveryMs, 'removing files that no message names', () => sweepFiles({ sql, files, now: clock.now() })),
  ]
  return () => timers.forEach(clearInterval)
}
