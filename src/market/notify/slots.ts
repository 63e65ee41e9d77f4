type Class = 'healthy' | 'failing'

/**
 * How many attempts may be under way at once. Those who failed before may have half of the room, so that many of them leave
 * the others theirs; a tenth of it is theirs first, so that they get on while the others always want all.
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

  /** Resolves when it is your turn; then leave. */
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

  /** Somebody waits whom one more free slot would help. */
  get isCrowded(): boolean {
    return this.#waiting.healthy.length > 0 || (this.#waiting.failing.length > 0 && this.#hasRoomAmong('failing'))
  }

  #admit(): void {
    for (let kind = this.#next(); kind; kind = this.#next()) {
      this.#taken[kind]++
      this.#waiting[kind].shift()?.()
    }
  }

  /** Of which kind the next one is let in; undefined if nobody is. */
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
