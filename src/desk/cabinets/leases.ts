import { isDatabaseAway, type Sql } from '#database'
import type { Logger, MonotonicClock } from '#kit'
import { giveLeasesBack, type Hold, keepLeases } from '../store/leases.ts'

type LeasesOptions = {
  /** A connection of its own: leases would run out while they wait for a busy pool. */
  sql: Sql
  log: Logger
  monotonic: MonotonicClock
  /** Names this process among the others. */
  owner: string
  /** How long a cabinet stays a process's that gives no sign of life. It is renewed three times in this time. */
  ttlMs: number
  /** Called with what is held now, when it has changed. */
  onChange(holds: readonly Hold[]): void
}

const beatsPerTtl = 3

/** The cabinets that this process works: its share of them, by leases in the database. */
export class Leases {
  readonly #options: LeasesOptions
  #holds: readonly Hold[] = []
  #heldUntilMs = 0
  #stopBeating: (() => void) | undefined
  #beating: Promise<void> | undefined

  constructor(options: LeasesOptions) {
    this.#options = options
  }

  /** Resolves when the first cabinets are held, or the database could not be asked. */
  async start(): Promise<void> {
    const { monotonic, ttlMs } = this.#options
    this.#stopBeating = monotonic.every(ttlMs / beatsPerTtl, () => void this.beat())
    await this.beat()
  }

  /** Gives everything back. */
  async stop(): Promise<void> {
    if (!this.#stopBeating) return
    this.#stopBeating()
    this.#stopBeating = undefined
    await this.#beating
    await giveLeasesBack(this.#options.sql, this.#options.owner, this.#options.ttlMs)
  }

  /** Renews, and takes what is free. */
  beat(): Promise<void> {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined
    })
    return this.#beating
  }

  async #beat(): Promise<void> {
    const { sql, owner, ttlMs, monotonic, log } = this.#options
    const askedAtMs = monotonic.nowMs()
    try {
      const holds = await keepLeases(sql, owner, ttlMs)
      this.#heldUntilMs = askedAtMs + ttlMs
      this.#hold(holds)
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'leases of cabinets were not renewed')
      // Another process may have them now.
      if (monotonic.nowMs() >= this.#heldUntilMs) this.#hold([])
    }
  }

  #hold(holds: readonly Hold[]): void {
    const print = (some: readonly Hold[]) => some.map(({ cabinetId, epoch }) => `${cabinetId} ${epoch}`).join()
    const isSame = print(holds) === print(this.#holds)
    this.#holds = holds
    if (!isSame) this.#options.onChange(holds)
  }
}
