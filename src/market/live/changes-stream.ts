import { EventStream } from './event-stream.ts'

/** What of a cabinet has changed, as the admin API's stream names it. */
export const topics = ['chats', 'deliveries', 'subscriptions', 'requests', 'lab'] as const
export type Topic = (typeof topics)[number]

const tellEveryMs = 250

/** A stream that names what has changed: the first change at once, then what came together, four times a second at the most. */
export class ChangesStream {
  readonly stream = new EventStream()
  readonly #changed = new Set<Topic>()
  #resting: NodeJS.Timeout | undefined

  note(changed: readonly Topic[]): void {
    for (const topic of changed) this.#changed.add(topic)
    if (this.#resting === undefined) this.#tell()
  }

  end(): void {
    clearTimeout(this.#resting)
    this.stream.end()
  }

  #tell(): void {
    this.#resting = undefined
    if (this.#changed.size === 0 || !this.stream.isOpen) return
    // Nothing piles up for a reader who is slow: it hears of all of it when it has taken the last.
    if (this.stream.isTaken) {
      this.stream.send({
        event: 'changed',
        data: JSON.stringify({ about: topics.filter(topic => this.#changed.has(topic)) }),
      })
      this.#changed.clear()
    }
    this.#resting = setTimeout(() => this.#tell(), tellEveryMs).unref()
  }
}
