import type { Socket } from 'node:net'

// How long a reader may take to read the end of its stream when the server stops.
const farewellMs = 300

/** The connections of the event streams that are open. */
export class StreamLines {
  readonly #lines = new Set<Socket>()

  add(line: Socket): void {
    if (line.destroyed) return
    this.#lines.add(line)
    line.once('close', () => this.#lines.delete(line))
  }

  /** When the server stops and its streams have ended: closes, after a moment, the connections whose readers have not read the end. */
  hangUpSoon(): void {
    setTimeout(() => {
      for (const line of this.#lines) line.destroy()
    }, farewellMs).unref()
  }
}
