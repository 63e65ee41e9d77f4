type Class = 'healthy' | 'failing'

/**
 * How many attempts may be under way at once. Failing subscriptions get at most half of the slots, so that many of them leave
 * slots to the healthy ones; they come first for a tenth of the slots, so that they go on while healthy ones want all.
 */
export class Slots {
  readonly #max: Record<Class, number>
  readonly #failingFirst: number
  readonly #taken: Record<Class, number> = { healthy: 0, failing: 0 }
  readonly #waiting: Record<Class, (() => void)[]> = { healthy: [], failing: [] }

  constructor(max: number) {
    this.#max = { healthy: max, failing: Math.ceil(max / 2) }
    this.#failingFirst = Math.ceil(max / 10)
  }

  /** Resolves when a slot is free; call `leave` afterwards. */
  enter(kind: Class): Promise<void> {
    return new Promise(resolve => {
      this.#waiting[kind].push(resolve)
      this.#admit()
    })
  }

  leave(kind: Class): void {
    this.#taken[kind]--
    this.#admit()
  }

  /** Whether somebody waits who could use one more free slot. */
  get isCrowded(): boolean {
    return this.#waiting.healthy.length > 0 || (this.#waiting.failing.length > 0 && this.#hasRoomAmong('failing'))
  }

  #admit(): void {
    for (let kind = this.#next(); kind; kind = this.#next()) {
      this.#taken[kind]++
      this.#waiting[kind].shift()?.()
    }
  }

  /** Of which kind the next one may enter; undefined if none may. */
  #next(): Class | undefined {
    if (this.#total() >= this.#max.healthy) return undefined
    const isFailingFirst = this.#taken.failing < this.#failingFirst
    const kinds = isFailingFirst ? (['failing', 'healthy'] as const) : (['healthy', 'failing'] as const)
    return kinds.find(kind => this.#waiting[kind].length > 0 && this.#hasRoomAmong(kind))
  }

  #total(): number {
    return this.#taken.healthy + this.#taken.failing
  }

  #hasRoomAmong(kind: Class): boolean {
    return this.#taken[kind] < this.#max[kind]
  }
}
