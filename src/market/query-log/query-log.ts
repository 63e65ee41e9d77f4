import { isBadData, type Sql } from '#database'
import { type Logger, Throttle } from '#kit'
import { insertRequests, type NewRequest } from '../store/new-requests.ts'
import { Backlog } from './backlog.ts'

const retryAfterMs = 1_000
const complainEveryMs = 60_000

type Needs = {
  /** A connection of its own: the log does not wait for messages, nor messages for the log. */
  sql: Sql
  /** How long requests wait for others. */
  flushEveryMs: number
  log: Logger
  onWritten(requests: readonly NewRequest[]): void
  onDropped(count: number): void
}

/**
 * Collects requests in memory for a moment and writes many at a time; no request waits for that. While the database is slow
 * or away the oldest of them are dropped and counted.
 */
export class QueryLog {
  readonly #needs: Needs
  readonly #backlog = new Backlog()
  #writing: Promise<boolean> | undefined
  #timer: NodeJS.Timeout | undefined
  #isAway = false
  #untold = 0
  /** One line a minute, however many are dropped. */
  readonly #complaint = new Throttle(complainEveryMs, () => this.#complain())

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get waiting(): number {
    return this.#backlog.length
  }

  add(request: NewRequest): void {
    this.#dropped(this.#backlog.add(request))
    this.#plan()
  }

  /** Resolves when all that waits is written, or the database did not take it. */
  async flush(): Promise<void> {
    while (this.#writing || this.waiting > 0) if (!(await this.#write())) return
  }

  /** Writes the last ones, if the database takes them. */
  async stop(): Promise<void> {
    await this.flush()
    clearTimeout(this.#timer)
    this.#complaint.close()
  }

  #plan(): void {
    if (this.#writing || this.waiting === 0) return
    if (this.#backlog.hasBatch && !this.#isAway) void this.#write()
    else
      this.#timer ??= setTimeout(
        () => void this.#write(),
        this.#isAway ? retryAfterMs : this.#needs.flushEveryMs,
      ).unref()
  }

  /** Writes one batch, unless one is being written. False if the database did not take it. */
  #write(): Promise<boolean> {
    this.#writing ??= this.#writeBatch()
    return this.#writing
  }

  async #writeBatch(): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#backlog.take()
    const isWritten = await this.#insert(batch)
    if (!isWritten) this.#dropped(this.#backlog.putBack(batch))
    this.#isAway = !isWritten
    this.#writing = undefined
    this.#plan()
    return isWritten
  }

  /** Writing some of them twice is harmless: the second time changes nothing. */
  async #insert(batch: readonly NewRequest[]): Promise<boolean> {
    try {
      await insertRequests(this.#needs.sql, batch)
    } catch (error) {
      if (isBadData(error)) return this.#insertApart(batch, error)
      if (!this.#isAway) this.#needs.log.warn({ err: error }, 'the query log cannot be written; it is tried again')
      return false
    }
    this.#needs.onWritten(batch)
    return true
  }

  /** Halves a batch until the bad request is found, so that the others are written. */
  async #insertApart(batch: readonly NewRequest[], error: unknown): Promise<boolean> {
    if (batch.length === 1) {
      this.#needs.log.error({ err: error }, 'a request does not fit into the query log')
      this.#needs.onDropped(1)
      return true
    }
    const half = Math.ceil(batch.length / 2)
    return (await this.#insert(batch.slice(0, half))) && this.#insert(batch.slice(half))
  }

  #dropped(count: number): void {
    if (count === 0) return
    this.#needs.onDropped(count)
    this.#untold += count
    this.#complaint.ask()
  }

  #complain(): void {
    this.#needs.log.warn({ dropped: this.#untold }, 'the query log has lost requests: the database is slow or away')
    this.#untold = 0
  }
}
