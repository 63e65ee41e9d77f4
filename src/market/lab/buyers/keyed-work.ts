/**
 * Work by key. For one key it never runs twice at once, and runs again if it was asked for meanwhile; for different keys it
 * runs up to `max` times at once.
 */
export class KeyedWork<Key> {
  readonly #max: number
  readonly #work: (key: Key) => Promise<void>
  readonly #waiting = new Map<Key, PromiseWithResolvers<void>>()
  readonly #working = new Set<Key>()
  #idlers: (() => void)[] = []

  /** The work never rejects. */
  constructor(max: number, work: (key: Key) => Promise<void>) {
    this.#max = max
    this.#work = work
  }

  /** Resolves when work of this key that began after now is done. */
  ask(key: Key): Promise<void> {
    const asked = this.#waiting.get(key) ?? Promise.withResolvers<void>()
    this.#waiting.set(key, asked)
    this.#pump()
    return asked.promise
  }

  /** Resolves when nothing is under way and nothing waits. */
  idle(): Promise<void> {
    if (this.#working.size === 0 && this.#waiting.size === 0) return Promise.resolve()
    return new Promise(resolve => this.#idlers.push(resolve))
  }

  #pump(): void {
    for (const [key, asked] of this.#waiting) {
      if (this.#working.size >= this.#max) return
      if (this.#working.has(key)) continue
      this.#waiting.delete(key)
      this.#working.add(key)
      void this.#work(key).then(() => {
        this.#working.delete(key)
        asked.resolve()
        this.#pump()
        if (this.#working.size === 0) for (const idle of this.#idlers.splice(0)) idle()
      })
    }
  }
}
