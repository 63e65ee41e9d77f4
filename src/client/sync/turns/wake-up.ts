import type { ClientClock } from '../../clock.ts'

/** Wakes one waiter: when it is rung, or when the time is up. */
export type Bell = {
  ring(): void
  /** At most so many ms; not at all if it was rung since the last wait. */
  wait(ms: number): Promise<void>
}

export function makeBell(clock: ClientClock): Bell {
  let isRung = false
  let wake = () => {}
  return {
    ring() {
      isRung = true
      wake()
    },
    async wait(ms) {
      const woken = new AbortController()
      wake = () => woken.abort()
      if (!isRung) await sleep(clock, ms, woken.signal)
      isRung = false
    },
  }
}

function sleep(clock: ClientClock, ms: number, woken: AbortSignal): Promise<void> {
  if (ms < Number.POSITIVE_INFINITY) return clock.wait(ms, woken).catch(() => {}) // it rejects when the bell is rung
  return new Promise(resolve => woken.addEventListener('abort', () => resolve(), { once: true }))
}
