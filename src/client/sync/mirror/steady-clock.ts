import type { ClientClock } from '../../clock.ts'

/** A clock that cannot be set back: then it goes on from where it was. What is due in a minute is not due in an hour. */
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
