import { type MonotonicClock, Throttle } from '#kit'
import type { Bus } from './bus.ts'

type About = 'deliveries' | 'subscriptions' | 'requests'

const everyMs = 250

/** Publishes frequent changes: of each kind at most one for a business each quarter of a second. */
export class Changes {
  readonly #throttles: Record<About, Throttle<string>>

  constructor(bus: Bus, clock?: MonotonicClock) {
    const throttle = (about: About) =>
      new Throttle<string>(everyMs, businessId => bus.publish({ about, businessId }), clock)
    this.#throttles = {
      deliveries: throttle('deliveries'),
      subscriptions: throttle('subscriptions'),
      requests: throttle('requests'),
    }
  }

  note(about: About, businessId: bigint | string): void {
    this.#throttles[about].ask(`${businessId}`)
  }

  close(): void {
    for (const throttle of Object.values(this.#throttles)) throttle.close()
  }
}
