/** Remembers what was done lately, by key, so that it is done once. Beyond the maximum the least recently used key is forgotten. */
export class Recent {
  readonly #outcomes = new Map<string, Promise<boolean>>()
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  /**
   * Does the work, or returns the remembered outcome, also of work still under way. Work that ends with false is forgotten, so
   * that the next one tries again. The work must not reject.
   */
  once(key: string, work: () => Promise<boolean>): Promise<boolean> {
    const outcome = this.#outcomes.get(key) ?? this.#start(key, work)
    this.#outcomes.delete(key)
    this.#outcomes.set(key, outcome)
    this.#forgetOldest()
    return outcome
  }

  #start(key: string, work: () => Promise<boolean>): Promise<boolean> {
    const outcome = work()
    void outcome.then(isDone => {
      if (!isDone && this.#outcomes.get(key) === outcome) this.#outcomes.delete(key)
    })
    return outcome
  }

  #forgetOldest(): void {
    if (this.#outcomes.size <= this.#max) return
    for (const oldest of this.#outcomes.keys()) {
      this.#outcomes.delete(oldest)
      return
    }
  }
}
