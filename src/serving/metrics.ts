import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

// Scrapers come every ten seconds or more; some figures are counted in the database.
const keptMs = 1_000

type Series = { requests: Counter.Internal; seconds: Histogram.Internal<'operation'> }

/** What Prometheus reads at /metrics of any server. Labels are names of ours, never a path or a text of a request. */
export class HttpMetrics {
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

  #written: Promise<string> | undefined

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** `/metrics`: the figures. Who asks while they are put together, or within a second, is given the same. */
  register(app: FastifyInstance): void {
    app.get('/metrics', async (_request, reply) => {
      this.#written ??= this.#write()
      return reply.type(this.registry.contentType).send(await this.#written)
    })
  }

  #write(): Promise<string> {
    return this.registry.metrics().finally(() => {
      setTimeout(() => {
        this.#written = undefined
      }, keptMs).unref()
    })
  }

  answered(operation: string, status: number, seconds: number): void {
    const series = this.#series.get(`${operation} ${status}`) ?? this.#addSeries(operation, status)
    series.requests.inc()
    series.seconds.observe(seconds)
  }

  /** What is counted of an operation and a status. Labels are put together once, not for each request. */
  readonly #series = new Map<string, Series>()

  #addSeries(operation: string, status: number): Series {
    const series = {
      requests: this.#requests.labels({ operation, status }),
      seconds: this.#seconds.labels({ operation }),
    }
    this.#series.set(`${operation} ${status}`, series)
    return series
  }
}
