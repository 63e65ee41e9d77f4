import { performance } from 'node:perf_hooks'

/** Time that nobody can set: for leases, and for what is done again and again. */
export type MonotonicClock = {
  nowMs(): number
  /** Returns how to end it. */
  every(periodMs: number, work: () => void): () => void
}

/** The machine's. What is done at intervals does not keep the process alive. */
export const machineMonotonic: MonotonicClock = {
  nowMs: () => performance.now(),
  every(periodMs, work) {
    const timer = setInterval(work, periodMs).unref()
    return () => clearInterval(timer)
  },
}
