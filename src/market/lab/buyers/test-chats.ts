import type { BusinessId } from '#contract'
import type { Sql } from '#database'
import { listAnsweringTestChats } from '../../store/lab-buyers.ts'

/** In whose test chats the lab answers, read anew after each change of a business. */
export class TestChats {
  readonly #sql: Sql
  #known: ReadonlySet<BusinessId> | undefined
  /** Counts changes: what was read before one must not be kept after it. */
  #changes = 0

  constructor(sql: Sql) {
    this.#sql = sql
  }

  changed(): void {
    this.#changes++
    this.#known = undefined
  }

  /** False if it is known that it does not; without a look at the database. */
  mayAnswer(businessId: BusinessId): boolean {
    return this.#known?.has(businessId) ?? true
  }

  async doAnswer(businessId: BusinessId): Promise<boolean> {
    if (this.#known) return this.#known.has(businessId)
    const changes = this.#changes
    const read = new Set(await listAnsweringTestChats(this.#sql))
    if (changes === this.#changes) this.#known = read
    return read.has(businessId)
  }
}
