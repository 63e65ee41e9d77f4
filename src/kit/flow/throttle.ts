import { type MonotonicClock, machineMonotonic } from '../monotonic-clock.ts'

/**
 * Does the work of a key at once, and then at most once in each period: what is asked for meanwhile is done once, after it.
 */
export class Throttle<Key = void> {
  readonly #everyMs: number
  readonly #work: (key: Key) => void
  readonly #clock: MonotonicClock
  /** The keys whose period is not over; true if their work was asked for meanwhile. */
  readonly #resting = new Map<Key, boolean>()
  #isClosed = false

  constructor(everyMs: number, work: (key: Key) => void, clock: MonotonicClock = machineMonotonic) {
    this.#everyMs = everyMs
    this.#clock = clock
    this.#work = work
  }

  ask(key: Key): void {
    if (this.#isClosed) return
    if (this.#resting.has(key)) {
      this.#resting.set(key, true)
      return
    }
    this.#resting.set(key, false)
    this.#clock.after(this.#everyMs, () => {
      const isAsked = this.#resting.get(key)
      this.#resting.delete(key)
      if (isAsked) this.ask(key)
    })
    this.#work(key)
  }

  /** Does nothing any more. */
  close(): void {
    this.#isClosed = true
  }
}
