import { Counter, Gauge, Histogram } from 'prom-client'
import { HttpMetrics } from '#serving'

/** The metrics of a market process, besides those of its server. */
export class Metrics extends HttpMetrics {
  readonly #registers = [this.registry]
  readonly #batches = new Histogram({
    name: 'prilavok_postbox_batch_size',
    help: 'Messages written in one transaction.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: this.#registers,
  })
  readonly #streams = new Gauge({
    name: 'prilavok_event_streams',
    help: 'Event streams of customers that are open in this process.',
    registers: this.#registers,
  })
  readonly #adminStreams = new Gauge({
    name: 'prilavok_admin_event_streams',
    help: 'Event streams of the admin API that are open in this process.',
    registers: this.#registers,
  })
  readonly #unlogged = new Counter({
    name: 'prilavok_query_log_dropped_total',
    help: 'Requests that were answered and never written to the query log.',
    registers: this.#registers,
  })
  readonly #attempts = new Counter({
    name: 'prilavok_delivery_attempts_total',
    help: 'Attempts to notify a shop, by what they came to; stale if another process had taken them over.',
    labelNames: ['outcome'],
    registers: this.#registers,
  })
  readonly #attemptsInFlight = new Gauge({
    name: 'prilavok_delivery_attempts_in_flight',
    help: 'Attempts to notify a shop that are under way in this process.',
    registers: this.#registers,
  })

  streams(open: number): void {
    this.#streams.set(open)
  }

  adminStreams(open: number): void {
    this.#adminStreams.set(open)
  }

  batch(size: number): void {
    this.#batches.observe(size)
  }

  unlogged(count: number): void {
    this.#unlogged.inc(count)
  }

  attempted(outcome: 'delivered' | 'refused' | 'failed' | 'stale'): void {
    this.#attempts.inc({ outcome })
  }

  /** Counts an attempt as being in flight until it is over. */
  attempting<T>(attempt: Promise<T>): Promise<T> {
    this.#attemptsInFlight.inc()
    return attempt.finally(() => this.#attemptsInFlight.dec())
  }

  watchConnections(countConnections: () => Promise<{ state: string; count: number }[]>): void {
    new Gauge({
      name: 'prilavok_database_connections',
      help: "This process's connections to the database, by what they do.",
      labelNames: ['state'],
      registers: this.#registers,
      async collect() {
        this.reset()
        for (const { state, count } of await countConnections()) this.set({ state }, count)
      },
    })
  }

  watchDeliveries(countUnfinished: () => Promise<number>): void {
    new Gauge({
      name: 'prilavok_deliveries_unfinished',
      help: 'Deliveries that wait or are in flight in the lanes of this process; counted to 100 000.',
      registers: this.#registers,
      async collect() {
        this.set(await countUnfinished().catch(() => Number.NaN))
      },
    })
  }

  watchQueryLog(countWaiting: () => number): void {
    new Gauge({
      name: 'prilavok_query_log_waiting',
      help: 'Requests that wait in this process to be written to the query log.',
      registers: this.#registers,
      collect() {
        this.set(countWaiting())
      },
    })
  }
}
