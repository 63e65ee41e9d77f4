import { Readable } from 'node:stream'

const bufferBytes = 64 * 1024
const retryMs = 2000

const idLine = (id: string | undefined) => (id === undefined ? '' : `id: ${id}\n`)

/** A body of server-sent events. It keeps in memory what its reader has not taken yet: whoever writes much waits for `room`. */
export class EventStream {
  readonly body: Readable
  #waiting: (() => void)[] = []
  #written = 0
  #takenAtBeat = 0
  #isEnded = false

  /** `position` is what the reader would send as Last-Event-ID before anything has happened; a stream without replay has none. */
  constructor(position?: string) {
    this.body = new Readable({ highWaterMark: bufferBytes, read: () => this.#wake() })
    this.body.on('close', () => this.#wake())
    this.#write(`retry: ${retryMs}\n${idLine(position)}\n`)
  }

  /** Whether the reader has taken everything. */
  get isTaken(): boolean {
    return this.body.readableLength === 0
  }

  get isOpen(): boolean {
    return !this.#isEnded && !this.body.destroyed
  }

  /** `data` is one line. */
  send({ event, id, data }: { event: string; id?: string; data: string }): void {
    this.#write(`event: ${event}\n${idLine(id)}data: ${data}\n\n`)
  }

  /** Shows that the stream lives, and moves the reader's position on. Closes it if the reader took nothing since the last beat. */
  beat(position?: string): void {
    const taken = this.#written - this.body.readableLength
    if (this.body.readableLength > 0 && taken === this.#takenAtBeat) this.body.destroy()
    this.#takenAtBeat = taken
    this.#write(`: still here\n${idLine(position)}\n`)
  }

  /** Resolves when there is room again, or the stream has ended. */
  room(): Promise<void> {
    if (!this.isOpen || this.body.readableLength < bufferBytes) return Promise.resolve()
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  end(): void {
    if (!this.isOpen) return
    this.#isEnded = true
    this.body.push(null)
    this.#wake()
  }

  #write(text: string): void {
    if (!this.isOpen) return
    this.#written += Buffer.byteLength(text)
    this.body.push(text)
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
