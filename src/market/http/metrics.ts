import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus reads at /metrics. Labels are names of ours, never a path or a text of a request. */
export class Metrics {
  readonly registry = new Registry()
  readonly #requests = new Counter({
    name: 'prilavok_requests_total',
    help: 'Requests answered, by operation and status.',
    labelNames: ['operation', 'status'],
    registers: [this.registry],
  })
  readonly #seconds = new Histogram({
    name: 'prilavok_request_seconds',
    help: 'From the first byte of a request to the last of its answer, by operation.',
    labelNames: ['operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  })
  readonly #batches = new Histogram({
    name: 'prilavok_postbox_batch_size',
    help: 'Messages written in one transaction.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: [this.registry],
  })

  readonly #streams = new Gauge({
    name: 'prilavok_event_streams',
    help: 'Event streams of customers that are open in this process.',
    registers: [this.registry],
  })

  readonly #adminStreams = new Gauge({
    name: 'prilavok_admin_event_streams',
    help: 'Event streams of the admin API that are open in this process.',
    registers: [this.registry],
  })

  readonly #unlogged = new Counter({
    name: 'prilavok_query_log_dropped_total',
    help: 'Requests that were answered and never written to the query log.',
    registers: [this.registry],
  })

  readonly #attempts = new Counter({
    name: 'prilavok_delivery_attempts_total',
    help: 'Attempts to notify a shop, by what they came to; stale if another process had taken them over.',
    labelNames: ['outcome'],
    registers: [this.registry],
  })
  readonly #attemptsInFlight = new Gauge({
    name: 'prilavok_delivery_attempts_in_flight',
    help: 'Attempts to notify a shop that are under way in this process.',
    registers: [this.registry],
  })

  constructor(countConnections: () => Promise<{ state: string; count: number }[]>) {
    collectDefaultMetrics({ register: this.registry })
    new Gauge({
      name: 'prilavok_database_connections',
      help: "This process's connections to the database, by what they do.",
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        this.reset()
        for (const { state, count } of await countConnections()) this.set({ state }, count)
      },
    })
  }

  answered(operation: string, status: number, seconds: number): void {
    this.#requests.inc({ operation, status })
    this.#seconds.observe({ operation }, seconds)
  }

  streams(open: number): void {
    this.#streams.set(open)
  }

  adminStreams(open: number): void {
    this.#adminStreams.set(open)
  }

  batch(size: number): void {
    this.#batches.observe(size)
  }

  attempted(outcome: 'delivered' | 'refused' | 'failed' | 'stale'): void {
    this.#attempts.inc({ outcome })
  }

  /** Counts an attempt as being in flight until it is over. */
  attempting<T>(attempt: Promise<T>): Promise<T> {
    this.#attemptsInFlight.inc()
    return attempt.finally(() => this.#attemptsInFlight.dec())
  }

  watchDeliveries(countUnfinished: () => Promise<number>): void {
    new Gauge({
      name: 'prilavok_deliveries_unfinished',
      help: 'Deliveries that wait or are in flight in the lanes of this process; counted to 100 000.',
      registers: [this.registry],
      async collect() {
        this.set(await countUnfinished().catch(() => Number.NaN))
      },
    })
  }

  unlogged(count: number): void {
    this.#unlogged.inc(count)
  }

  watchQueryLog(countWaiting: () => number): void {
    new Gauge({
      name: 'prilavok_query_log_waiting',
      help: 'Requests that wait in this process to be written to the query log.',
      registers: [this.registry],
      collect() {
        this.set(countWaiting())
      },
    })
  }
}
