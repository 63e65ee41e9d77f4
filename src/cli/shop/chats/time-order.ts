import { type MonotonicClock, machineMonotonic } from '#kit'

const quietMs = 300
const longestMs = 2_000

/** Chats are read one after the other, the newest first: what is told of them together is printed in order of time. */
export class TimeOrder {
  readonly #print: (line: string) => void
  readonly #clock: MonotonicClock
  #held: { at: Date; line: string }[] = []
  #firstMs = 0
  #lastMs = 0

  constructor(print: (line: string) => void, clock: MonotonicClock = machineMonotonic) {
    this.#print = print
    this.#clock = clock
  }

  /** Printed when nothing else has come for a moment, and in any case soon. */
  add(at: Date, line: string): void {
    const isFirst = this.#held.length === 0
    this.#held.push({ at, line })
    this.#lastMs = this.#clock.nowMs()
    if (!isFirst) return
    this.#firstMs = this.#lastMs
    this.#clock.after(quietMs, () => this.#look())
  }

  flush(): void {
    const held = this.#held.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    this.#held = []
    for (const { line } of held) this.#print(line)
  }

  #look(): void {
    if (this.#held.length === 0) return
    const nowMs = this.#clock.nowMs()
    const untilQuietMs = this.#lastMs + quietMs - nowMs
    if (untilQuietMs <= 0 || nowMs - this.#firstMs >= longestMs) this.flush()
    else this.#clock.after(untilQuietMs, () => this.#look())
  }
}
