import type { Clock } from '#kit'

/** Calls something for each key at a later time. A key has one time; a new one replaces it. */
export class WakeUps {
  readonly #clock: Clock
  readonly #wake: (key: string) => void
  readonly #cancels = new Map<string, () => void>()

  constructor(clock: Clock, wake: (key: string) => void) {
    this.#clock = clock
    this.#wake = wake
  }

  set(key: string, delayMs: number): void {
    this.cancel(key)
    this.#cancels.set(
      key,
      this.#clock.after(delayMs, () => this.#wake(key)),
    )
  }

  /** By the machine's clock, which the lab does not move. */
  setInRealTime(key: string, delayMs: number): void {
    this.cancel(key)
    const timer = setTimeout(() => this.#wake(key), delayMs).unref()
    this.#cancels.set(key, () => clearTimeout(timer))
  }

  cancel(key: string): void {
    this.#cancels.get(key)?.()
    this.#cancels.delete(key)
  }

  cancelAll(): void {
    for (const key of [...this.#cancels.keys()]) this.cancel(key)
  }
}
