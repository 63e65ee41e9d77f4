import { Throttle } from '#kit'
import { EventStream } from '#serving'
import type { ChangeLog, Noted } from './change-log.ts'

const sendEveryMs = 100

/** A stream that names what has changed since its cursor: the first change at once, then what came together. */
export class ChangeStream {
  readonly stream: EventStream
  readonly #log: ChangeLog
  readonly #throttle = new Throttle(sendEveryMs, () => this.#send())
  #cursor: string

  /** `cursor`: what its reader has come back with; without it, whoever opens a stream reads everything then. */
  constructor(log: ChangeLog, cursor: string | undefined) {
    this.#log = log
    this.#cursor = cursor ?? log.cursor
    this.stream = new EventStream(this.#cursor)
    this.note()
  }

  note(): void {
    this.#throttle.ask()
  }

  beat(): void {
    this.stream.beat(this.#cursor)
  }

  end(): void {
    this.#throttle.close()
    this.stream.end()
  }

  #send(): void {
    if (!this.stream.isOpen || this.#cursor === this.#log.cursor) return
    // A slow reader is told of everything at once when it has read the last event.
    if (!this.stream.isTaken) {
      this.note()
      return
    }
    const changes = this.#log.since(this.#cursor)
    const cursor = this.#log.cursor
    this.#cursor = cursor
    const [event, told] = changes === undefined ? ['reset', { cursor }] : ['changed', { cursor, about: changes }]
    this.stream.send({ event, id: cursor, data: inJson(told) })
  }
}

/** Ids as JSON integers, whatever their size. */
function inJson(told: { cursor: string; about?: readonly Noted[] }): string {
  return JSON.stringify(told).replaceAll(/"(cabinetId|chatId)":"(\d+)"/g, '"$1":$2')
}
