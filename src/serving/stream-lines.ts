import type { Socket } from 'node:net'

// How long a reader may take for the end of its stream when the server stops.
const farewellMs = 300

/** The connections that event streams have to themselves. */
export class StreamLines {
  readonly #lines = new Set<Socket>()

  add(line: Socket): void {
    if (line.destroyed) return
    this.#lines.add(line)
    line.once('close', () => this.#lines.delete(line))
  }

  /** For a server that stops and has ended its streams: whoever does not take the end is not waited for. */
  hangUpSoon(): void {
    setTimeout(() => {
      for (const line of this.#lines) line.destroy()
    }, farewellMs).unref()
  }
}
