import type { ClientClock } from '../../../src/client/clock.ts'

export type VirtualClock = ClientClock & {
  /** Lets time go by, from one timer to the next, until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>
  /** Sets it by so many ms; who waits is not woken by it. */
  set(byMs: number): void
}

/** A clock whose time passes only while everybody waits. */
export function makeVirtualClock(start: Date): VirtualClock {
  type Timer = { at: number; fire: () => void }
  const timers = new Set<Timer>()
  let now = start.getTime()
  let setMs = 0

  const earliest = () => {
    let first: Timer | undefined
    for (const timer of timers) if (!first || timer.at < first.at) first = timer
    return first
  }
  return {
    now: () => new Date(now + setMs),
    set(byMs) {
      setMs += byMs
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const timer = { at: now + Math.max(ms, 0), fire: resolve }
        timers.add(timer)
        signal?.addEventListener('abort', () => {
          timers.delete(timer)
          reject(signal.reason)
        })
      }),
    async run(work) {
      let isDone = false
      const settled = work.finally(() => {
        isDone = true
      })
      settled.catch(() => {})
      for (;;) {
        await new Promise(resolve => setImmediate(resolve))
        if (isDone) return settled
        const timer = earliest()
        if (!timer) throw new Error('everybody waits and nothing will happen')
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.fire()
      }
    },
  }
}
