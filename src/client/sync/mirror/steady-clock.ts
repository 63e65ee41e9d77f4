import type { ClientClock } from '../../clock.ts'

/** A clock that never goes back. If the given one is set back, it goes on from where it was, so that no wait gets longer. */
export function makeSteadyClock(clock: ClientClock): ClientClock {
  let setBackMs = 0
  let last = Number.NEGATIVE_INFINITY
  return {
    now() {
      const told = clock.now().getTime()
      setBackMs = Math.max(setBackMs, last - told)
      last = told + setBackMs
      return new Date(last)
    },
    wait: (ms, signal) => clock.wait(ms, signal),
  }
}
