import { setTimeout as delay } from 'node:timers/promises'
import type { ClientClock } from '../../src/client/clock.ts'

/** How many times faster than the machine's it runs: an hour takes 36 ms, and `500 * quickness` is a patience of half a second. */
export const quickness = 100_000

/** A clock that really runs, much too fast: for clients that are to wait out limits and to be patient with their market. */
export function makeQuickClock(): ClientClock {
  const start = Date.now()
  return {
    now: () => new Date(start + (Date.now() - start) * quickness),
    wait: (ms, signal) =>
      delay(ms / quickness, undefined, signal && { signal }).catch(error => {
        throw signal?.aborted ? signal.reason : error
      }),
  }
}
