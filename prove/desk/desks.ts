import { setTimeout as wait } from 'node:timers/promises'
import { type DeskEnd, type ForkedDesk, forkDesk } from '../../test/support/forked-desk.ts'

export type Desks = {
  /** Where one of them answers, or did a moment ago. */
  urls(): string[]
  /** Starts both anew where they do not run; one of them will end there by itself when it comes so far. */
  start(end?: DeskEnd): Promise<void>
  /** Kills the one that would not end by itself; the other takes its cabinets over and comes to its end. Returns whether it did. */
  strike(): Promise<boolean>
}

const leaseTtlMs = 900
const settleWaitsMs = [0, 100, 200, 400]
/** Longer than a lease, and the answers that come meanwhile. */
const patienceMs = 4_000

/** Two desk processes on one database. */
export function makeDesks(databaseUrl: string): Desks {
  const running: { fated?: ForkedDesk | undefined; other?: ForkedDesk | undefined } = {}
  const options = { databaseUrl, leaseTtlMs, settleWaitsMs }
  return {
    urls: () => [running.other, running.fated].flatMap(desk => (desk?.url ? [desk.url] : [])),
    async start(end) {
      const [other, fated] = [
        running.other ?? forkDesk(options),
        running.fated ?? forkDesk({ ...options, ...(end && { end }) }),
      ]
      running.other = await other
      running.fated = await fated
    },
    async strike() {
      const { fated, other } = running
      other?.process.kill('SIGKILL')
      await other?.ended
      running.other = undefined
      const hasEnded = await Promise.race([fated?.ended.then(() => true), wait(patienceMs, false)])
      // One that has not come to its end is the next to be killed.
      running.fated = undefined
      if (!hasEnded) running.other = fated
      return hasEnded === true
    },
  }
}
