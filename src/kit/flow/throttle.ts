/**
 * Does the work of a key at once, and then at most once in each period: what is asked for meanwhile is done once, after it.
 * The periods are the machine's time.
 */
export class Throttle<Key = void> {
  readonly #everyMs: number
  readonly #work: (key: Key) => void
  /** The keys whose period is not over; true if their work was asked for meanwhile. */
  readonly #resting = new Map<Key, boolean>()
  #isClosed = false

  constructor(everyMs: number, work: (key: Key) => void) {
    this.#everyMs = everyMs
    this.#work = work
  }

  ask(key: Key): void {
    if (this.#isClosed) return
    if (this.#resting.has(key)) {
      this.#resting.set(key, true)
      return
    }
    this.#resting.set(key, false)
    setTimeout(() => {
      const isAsked = this.#resting.get(key)
      this.#resting.delete(key)
      if (isAsked) this.ask(key)
    }, this.#everyMs).unref()
    this.#work(key)
  }

  /** Does nothing any more. */
  close(): void {
    this.#isClosed = true
  }
}
