import type { BusinessId } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { Coalesce, type Logger, Throttle } from '#kit'
import { findWork, findWorkOfLanes, type Work } from '../store/deliveries.ts'
import type { Lane } from '../store/lane.ts'
import type { Layout } from '../store/layout.ts'

type FinderOptions = { sql: Sql; layout: Layout; log: Logger; lanes(): Lane[]; onWork(work: Work): void }

/** Finds deliveries that wait: in the businesses it is told of, many in one query, or in all lanes of this process. */
export class Finder {
  readonly #options: FinderOptions
  #businesses = new Set<BusinessId>()
  #isEverywhere = false
  readonly #looking = new Coalesce(() => this.#look())
  readonly #askingSoon: { ask(): void }

  constructor(options: FinderOptions) {
    this.#options = options
    const { lookEveryMs } = options.layout
    this.#askingSoon = lookEveryMs === 0 ? this.#looking : new Throttle(lookEveryMs, () => this.#looking.ask())
  }

  get isIdle(): boolean {
    return this.#looking.isIdle
  }

  look(businessId: BusinessId): void {
    this.#businesses.add(businessId)
    this.#askingSoon.ask()
  }

  /** Resolves when a look that begins now is done. */
  async lookEverywhere(): Promise<void> {
    this.#isEverywhere = true
    this.#looking.ask()
    await this.#looking.idle()
  }

  async #look(): Promise<void> {
    const { sql, layout, lanes, onWork, log } = this.#options
    const businesses = [...this.#businesses]
    const isEverywhere = this.#isEverywhere
    this.#businesses.clear()
    this.#isEverywhere = false
    try {
      const found = isEverywhere ? findWorkOfLanes(sql, lanes()) : findWork({ sql, layout }, businesses)
      for (const work of await found) onWork(work)
    } catch (error) {
      // The next search in all lanes finds what this one has missed.
      if (!isDatabaseAway(error)) log.error({ err: error }, 'deliveries that wait were not found')
    }
  }
}
