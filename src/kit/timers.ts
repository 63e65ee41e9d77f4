type Timer = { at: number; work: () => void }

/** The timers of a clock that is moved by hand. */
export class Timers {
  readonly #timers = new Set<Timer>()

  /** Returns how to call it off. */
  add(at: number, work: () => void): () => void {
    const timer = { at, work }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  nextAt(): number | undefined {
    return this.#next()?.at
  }

  /** Does what is due until then, earliest first; also what is added by it meanwhile. */
  fire(until: number, onMoment: (at: number) => void = () => {}): void {
    for (let next = this.#next(); next && next.at <= until; next = this.#next()) {
      this.#timers.delete(next)
      onMoment(next.at)
      next.work()
    }
  }

  #next(): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer
    return next
  }
}
