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

  batch(size: number): void {
    this.#batches.observe(size)
  }
}
