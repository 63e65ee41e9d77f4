import type { BusinessId } from '#contract'
import type { Bus } from './bus.ts'

type About = 'deliveries' | 'subscriptions' | 'requests'

const atMostEveryMs = 250

/** Tells the bus of changes that come thick: of each kind at most one for a business each quarter of a second. */
export class Changes {
  readonly #bus: Bus
  /** Told lately; true if there is more to tell. */
  readonly #told = new Map<string, boolean>()
  #isClosed = false

  constructor(bus: Bus) {
    this.#bus = bus
  }

  note(about: About, businessId: BusinessId): void {
    if (this.#isClosed) return
    const id = `${about} ${businessId}`
    if (this.#told.has(id)) {
      this.#told.set(id, true)
      return
    }
    this.#told.set(id, false)
    this.#bus.publish({ about, businessId: `${businessId}` })
    setTimeout(() => {
      const isMore = this.#told.get(id)
      this.#told.delete(id)
      if (isMore) this.note(about, businessId)
    }, atMostEveryMs).unref()
  }

  /** Tells no more. */
  close(): void {
    this.#isClosed = true
  }
}
