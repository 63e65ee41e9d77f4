import type { ClientClock } from '../../clock.ts'

/** Lets one waiter go on before its time is up. */
export type WakeUp = {
  wake(): void
  /** Waits at most so many ms; not at all if `wake` was called since the last wait. */
  wait(ms: number): Promise<void>
}

export function makeWakeUp(clock: ClientClock): WakeUp {
  let isAwake = false
  let stopWaiting = () => {}
  return {
    wake() {
      isAwake = true
      stopWaiting()
    },
    async wait(ms) {
      const woken = new AbortController()
      stopWaiting = () => woken.abort('woken')
      if (!isAwake) await sleep(clock, ms, woken.signal)
      isAwake = false
    },
  }
}

function sleep(clock: ClientClock, ms: number, woken: AbortSignal): Promise<void> {
  if (ms < Number.POSITIVE_INFINITY) return clock.wait(ms, woken).catch(() => {}) // it rejects when it is woken
  return new Promise(resolve => woken.addEventListener('abort', () => resolve(), { once: true }))
}
