import type { BusinessId } from '#contract'
import type { Sql } from '#database'
import { listAnsweringTestChats } from '../../store/lab-buyers.ts'

/** The businesses in whose test chats the lab answers. Read again after each change of a business. */
export class TestChats {
  readonly #sql: Sql
  #known: ReadonlySet<BusinessId> | undefined
  /** Counts changes, since what was read before one must not be kept after it. */
  #changes = 0

  constructor(sql: Sql) {
    this.#sql = sql
  }

  changed(): void {
    this.#changes++
    this.#known = undefined
  }

  /** False if it is known that nobody answers; does not read the database. */
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
