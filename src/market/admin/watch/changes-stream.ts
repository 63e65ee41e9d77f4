import { Throttle } from '#kit'
import { EventStream } from '#serving'

/** What of a business has changed, as the admin API's stream names it. */
export const topics = ['chats', 'deliveries', 'subscriptions', 'requests', 'lab'] as const
export type Topic = (typeof topics)[number]

const tellEveryMs = 250

/** A stream that names what has changed: the first change at once, then what came together, at most four times a second. */
export class ChangesStream {
  readonly stream = new EventStream()
  readonly #changed = new Set<Topic>()
  readonly #throttle = new Throttle(tellEveryMs, () => this.#tell())

  note(changed: readonly Topic[]): void {
    for (const topic of changed) this.#changed.add(topic)
    this.#throttle.ask()
  }

  end(): void {
    this.#throttle.close()
    this.stream.end()
  }

  #tell(): void {
    if (this.#changed.size === 0 || !this.stream.isOpen) return
    // Nothing piles up for a slow reader: it hears of all of it when it has taken the last.
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
