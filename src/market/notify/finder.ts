import type { BusinessId } from '#contract'
import type { Logger } from '#kit'
import { isDatabaseAway, type Sql } from '../store/connect.ts'
import { findWork, findWorkOfLanes, type Work } from '../store/deliveries.ts'
import type { Lane } from '../store/lane.ts'

type Options = { sql: Sql; log: Logger; lanes(): Lane[]; onWork(work: Work): void }

/** Looks where deliveries wait: in the businesses that it is told of, all of a moment in one query, or everywhere. */
export class Finder {
  readonly #options: Options
  #businesses = new Set<BusinessId>()
  #isEverywhere = false
  #looking: Promise<void> | undefined

  constructor(options: Options) {
    this.#options = options
  }

  get isIdle(): boolean {
    return this.#looking === undefined
  }

  look(businessId: BusinessId): void {
    this.#businesses.add(businessId)
    this.#looking ??= this.#lookAll()
  }

  /** Resolves when a look that begins now is done. */
  async lookEverywhere(): Promise<void> {
    this.#isEverywhere = true
    this.#looking ??= this.#lookAll()
    await this.#looking
  }

  async #lookAll(): Promise<void> {
    while (this.#isEverywhere || this.#businesses.size > 0) {
      const { onWork, log } = this.#options
      try {
        for (const work of await this.#lookOnce()) onWork(work)
      } catch (error) {
        // The next look everywhere finds what this one has not.
        if (!isDatabaseAway(error)) log.error({ err: error }, 'deliveries that wait were not found')
      }
    }
    // In the same breath as the last look at what is wanted: what comes later begins the next.
    this.#looking = undefined
  }

  #lookOnce(): Promise<Work[]> {
    const { sql, lanes } = this.#options
    const businesses = [...this.#businesses]
    const isEverywhere = this.#isEverywhere
    this.#businesses.clear()
    this.#isEverywhere = false
    return (async () => (isEverywhere ? findWorkOfLanes(sql, lanes()) : findWork(sql, businesses)))()
  }
}
