import { Gauge } from 'prom-client'
import { HttpMetrics } from '#serving'

/** The metrics of a desk process, besides those of its server. */
export class Metrics extends HttpMetrics {
  readonly #streams = new Gauge({
    name: 'prilavok_desk_event_streams',
    help: "Event streams of the desk's pages that are open in this process.",
    registers: [this.registry],
  })

  streams(open: number): void {
    this.#streams.set(open)
  }
}
