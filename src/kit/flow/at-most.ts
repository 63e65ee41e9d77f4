type Waiting = { begin(): void; signal: AbortSignal | undefined; leave(): void }

/** Lets so many pieces of work run at a time; the others wait, first come, first served. */
export class AtMost {
  #free: number
  readonly #waiting = new Set<Waiting>()

  constructor(max: number) {
    this.#free = max
  }

  /** Rejects with the signal's reason if it is given before the work has begun; the place in the queue is free at once then. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free--
    else await this.#turn(signal)
    try {
      return await work()
    } finally {
      const [next] = this.#waiting
      if (next) this.#begin(next)
      else this.#free++
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiting)
        reject(signal?.reason)
      }
      const waiting = { begin: resolve, signal, leave }
      this.#waiting.add(waiting)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  #begin(waiting: Waiting): void {
    this.#waiting.delete(waiting)
    waiting.signal?.removeEventListener('abort', waiting.leave)
    waiting.begin()
  }
}
