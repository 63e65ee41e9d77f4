import { performance } from 'node:perf_hooks'

/** Time that nobody can set: for leases, periods and what is done again and again. */
export type MonotonicClock = {
  nowMs(): number
  after(delayMs: number, work: () => void): void
  /** Returns how to end it. */
  every(periodMs: number, work: () => void): () => void
}

/** The machine's. What waits on it does not keep the process alive. */
export const machineMonotonic: MonotonicClock = {
  nowMs: () => performance.now(),
  after: (delayMs, work) => void setTimeout(work, delayMs).unref(),
  every(periodMs, work) {
    const timer = setInterval(work, periodMs).unref()
    return () => clearInterval(timer)
  },
}
