import type { BusinessId } from '#contract'
import { isTooLong, type Sql } from '#database'
import { AtMost } from '#kit'
import { type Found, type Search, searchRequests } from './search-requests.ts'

/** How many searches run at a time in a process. */
export const maxSearches = 2
/** How many of a business may wait while one of them runs. */
export const maxSearchesWaiting = 4

type Line = { turns: AtMost; length: number }

/** The searches of a process: of a business one at a time, so that whoever searches much waits for themselves alone. */
export class Searches {
  readonly #sql: Sql
  readonly #places = new AtMost(maxSearches)
  readonly #lines = new Map<BusinessId, Line>()

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Ended where it stands, in the database too, when the signal is given; rejects with its reason then. */
  async run(businessId: BusinessId, search: Search, signal: AbortSignal): Promise<Found | 'too many' | 'too long'> {
    const line = this.#lines.get(businessId) ?? { turns: new AtMost(1), length: 0 }
    if (line.length > maxSearchesWaiting) return 'too many'
    line.length++
    this.#lines.set(businessId, line)
    try {
      const inPlace = () => this.#places.run(() => this.#search(businessId, search, signal), signal)
      return await line.turns.run(inPlace, signal)
    } catch (error) {
      if (isTooLong(error)) return 'too long'
      throw error
    } finally {
      if (--line.length === 0) this.#lines.delete(businessId)
    }
  }

  #search(businessId: BusinessId, search: Search, signal: AbortSignal): Promise<Found> {
    return this.#sql.whileWanted(signal, queries => searchRequests(queries, businessId, search))
  }
}
