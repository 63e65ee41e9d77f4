import { Throttle } from '#kit'
import { EventStream } from '#serving'

/** What can change, as the stream names it. */
export const topics = ['chats', 'deliveries', 'subscriptions', 'requests', 'lab'] as const
export type Topic = (typeof topics)[number]

const sendEveryMs = 250

/** A stream that names what has changed: the first change at once, then what came together, at most four times a second. */
export class ChangesStream {
  readonly stream = new EventStream()
  readonly #changed = new Set<Topic>()
  readonly #throttle = new Throttle(sendEveryMs, () => this.#send())

  note(changed: readonly Topic[]): void {
    for (const topic of changed) this.#changed.add(topic)
    this.#throttle.ask()
  }

  end(): void {
    this.#throttle.close()
    this.stream.end()
  }

  #send(): void {
    if (this.#changed.size === 0 || !this.stream.isOpen) return
    // A slow reader is told of everything at once when it has read the last event.
    if (!this.stream.isTaken) {
      this.#throttle.ask()
      return
    }
    this.stream.send({
      event: 'changed',
      data: JSON.stringify({ about: topics.filter(topic => this.#changed.has(topic)) }),
    })
    this.#changed.clear()
  }
}
