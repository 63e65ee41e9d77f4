import { randomUUID } from 'node:crypto'
import { Coalesce, type Logger } from '#kit'
import type { Sql } from './connect.ts'

// PostgreSQL takes 8000 bytes in one NOTIFY; an event is under 200.
const eventsPerNotify = 32
// One statement tells of what has come while the one before was under way: sent by the 32, many posts would outrun it.
const notifiesAtOnce = 32

/**
 * Tells of changes: at once in this process, by NOTIFY in the others. Events are hints and may be lost: whoever must not miss
 * one reads the database, and reads it again after a lost connection (`onGap`).
 */
export class EventBus<Event> {
  readonly #sql: Sql
  readonly #log: Logger
  readonly #channel: string
  readonly #origin = randomUUID()
  readonly #listeners = new Set<(event: Event) => void>()
  readonly #gapListeners = new Set<() => void>()
  #pending: Event[] = []
  readonly #sending = new Coalesce(() => this.#send())
  #unlisten: (() => Promise<void>) | undefined
  #isStopped = false

  constructor({ sql, log, channel }: { sql: Sql; log: Logger; channel: string }) {
    this.#sql = sql
    this.#log = log
    this.#channel = channel
  }

  async start(): Promise<void> {
    let isFirst = true
    const { unlisten } = await this.#sql.listen(
      this.#channel,
      payload => this.#receive(payload),
      () => {
        if (!isFirst) for (const listener of this.#gapListeners) listener()
        isFirst = false
      },
    )
    this.#unlisten = unlisten
  }

  /** Returns how to stop listening. */
  onEvent(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Called when events of other processes may have been missed. */
  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener)
    return () => this.#gapListeners.delete(listener)
  }

  publish(event: Event): void {
    if (this.#isStopped) return
    for (const listener of this.#listeners) listener(event)
    this.#pending.push(event)
    this.#sending.ask()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#sending.idle()
    await this.#unlisten?.().catch(() => {}) // the connection may be gone already
  }

  /** One NOTIFY is under way at a time; events that come meanwhile go with the next. */
  async #send(): Promise<void> {
    while (this.#pending.length > 0) {
      const events = this.#pending.splice(0, eventsPerNotify * notifiesAtOnce)
      try {
        await this.#sql.notify(this.#channel, this.#payloadsOf(events))
      } catch (error) {
        this.#log.warn({ err: error }, 'other processes were not told; they will find out by reading')
      }
    }
  }

  #payloadsOf(events: Event[]): string[] {
    const payloads = []
    for (let from = 0; from < events.length; from += eventsPerNotify) {
      payloads.push(JSON.stringify({ origin: this.#origin, events: events.slice(from, from + eventsPerNotify) }))
    }
    return payloads
  }

  /** What this process has sent itself is told from its first letters. */
  #receive(payload: string): void {
    if (payload.startsWith(`{"origin":"${this.#origin}"`)) return
    const { events }: { events: Event[] } = JSON.parse(payload) // written by #payloadsOf
    for (const event of events) for (const listener of this.#listeners) listener(event)
  }
}
