import { type ClientClock, systemClock } from '../clock.ts'
import { InvalidInput } from '../errors.ts'
import type { Urgency } from '../types.ts'
import { isCurrent, newerQuota, type Quota } from './quota.ts'
import { urgencies, waitForQuota } from './reserves.ts'

export type BudgetOptions = {
  /** Calls at once; 2 by default. The market allows 4 for a business, and plans to allow 2. */
  parallel?: number
  clock?: ClientClock
}

/** What the market counts together: one operation of one business. */
type Meter = { quota?: Quota; underWay: number; lastBackfillAt?: Date }
type Ticket = { key: string; number: number; begin(): void; onWait: CallTurn['onWait'] }
/** Calls that wait for the same meter, by key, in the order they came. */
type Queues = Map<string, Set<Ticket>>
export type CallTurn = {
  key: string
  urgency: Urgency
  signal?: AbortSignal | undefined
  /** Told when this call is the next of its queue, and waits for the end of the hour. */
  onWait?: ((until: Date) => void) | undefined
}

/** Decides which call is made next. Several clients may share one budget: its calls at once, and the hourly limits of their business. */
export class Budget {
  readonly #parallel: number
  readonly #clock: ClientClock
  readonly #meters = new Map<string, Meter>()
  readonly #queues: Record<Urgency, Queues> = {
    person: new Map(),
    news: new Map(),
    reconcile: new Map(),
    backfill: new Map(),
  }
  #tickets = 0
  #running = 0
  #alarm: { at: number; stop: AbortController } | undefined

  constructor({ parallel = 2, clock = systemClock }: BudgetOptions = {}) {
    if (!Number.isSafeInteger(parallel) || parallel < 1)
      throw new InvalidInput('parallel must be a whole number from 1')
    this.#parallel = parallel
    this.#clock = clock
  }

  /** Does the work when its turn has come. Aborted before that, it leaves the queue. */
  async run<Result>(turn: CallTurn, work: () => Promise<Result>): Promise<Result> {
    const { key, urgency } = turn
    if (!urgencies.includes(urgency)) throw new InvalidInput(`urgency must be one of ${urgencies.join(', ')}`)
    await this.#turn(turn)
    try {
      return await work()
    } finally {
      this.#running--
      this.#meter(key).underWay--
      this.#admit()
    }
  }

  /** Takes in what the market's headers say of the hour. */
  tell(key: string, quota: Quota): void {
    const meter = this.#meter(key)
    const isStale = meter.quota && !isCurrent(meter.quota, this.#clock.now())
    meter.quota = newerQuota(isStale ? undefined : meter.quota, quota)
  }

  /** What the market last said of this key's hour; undefined before the first answer. */
  quotaOf(key: string): Quota | undefined {
    return this.#meters.get(key)?.quota
  }

  #turn({ key, urgency, signal, onWait }: CallTurn): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const leave = () => {
        this.#remove(ticket, urgency)
        reject(signal?.reason)
        // The alarm may have been set for this call alone.
        this.#admit()
      }
      const begin = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const ticket: Ticket = { key, number: ++this.#tickets, begin, onWait }
      signal?.addEventListener('abort', leave, { once: true })
      const queues = this.#queues[urgency]
      queues.set(key, (queues.get(key) ?? new Set()).add(ticket))
      this.#admit()
    })
  }

  #remove(ticket: Ticket, urgency: Urgency): void {
    const queues = this.#queues[urgency]
    const queue = queues.get(ticket.key)
    queue?.delete(ticket)
    if (queue?.size === 0) queues.delete(ticket.key)
  }

  #admit(): void {
    const now = this.#clock.now()
    let soonestMs = Number.POSITIVE_INFINITY
    for (const urgency of urgencies) {
      while (this.#running < this.#parallel) {
        const { next, waitMs } = this.#lookAt(urgency, now)
        if (next === undefined) {
          soonestMs = Math.min(soonestMs, waitMs)
          break
        }
        this.#begin(next, urgency, now)
      }
    }
    this.#wake(now.getTime(), this.#running < this.#parallel ? soonestMs : Number.POSITIVE_INFINITY)
  }

  /** The next call of this urgency, or how long until there is one. */
  #lookAt(urgency: Urgency, now: Date): { next: Ticket | undefined; waitMs: number } {
    let next: Ticket | undefined
    let soonestMs = Number.POSITIVE_INFINITY
    for (const [key, queue] of this.#queues[urgency]) {
      const waitMs = this.#waitMs(key, urgency, now)
      const [first] = queue
      // A call that waits for its hour does not hold up calls of other operations.
      if (waitMs > 0) {
        soonestMs = Math.min(soonestMs, waitMs)
        this.#tellWait(first, now.getTime() + waitMs)
      } else if (first && first.number < (next?.number ?? Number.POSITIVE_INFINITY)) next = first
    }
    return { next, waitMs: soonestMs }
  }

  /** A shorter wait is only the pace of the backfill. */
  #tellWait(ticket: Ticket | undefined, at: number): void {
    const until = ticket && this.#meter(ticket.key).quota?.until
    if (until?.getTime() === at) ticket?.onWait?.(until)
  }

  #begin(ticket: Ticket, urgency: Urgency, now: Date): void {
    this.#remove(ticket, urgency)
    const meter = this.#meter(ticket.key)
    meter.underWay++
    if (urgency === 'backfill') meter.lastBackfillAt = now
    this.#running++
    ticket.begin()
  }

  #waitMs(key: string, urgency: Urgency, now: Date): number {
    const { quota, underWay, lastBackfillAt } = this.#meter(key)
    return waitForQuota(urgency, { quota, underWay, lastAt: lastBackfillAt, now })
  }

  /** Looks at the queues again after so long. An earlier alarm is kept, unless the clock was moved past it. */
  #wake(now: number, ms: number): void {
    const isForSomebody = ms < Number.POSITIVE_INFINITY
    if (this.#alarm && isForSomebody && this.#alarm.at > now && this.#alarm.at <= now + ms) return
    this.#alarm?.stop.abort('another alarm')
    this.#alarm = undefined
    if (!isForSomebody) return
    const alarm = { at: now + ms, stop: new AbortController() }
    this.#alarm = alarm
    this.#clock.wait(ms, alarm.stop.signal).then(
      () => {
        if (this.#alarm === alarm) this.#alarm = undefined
        this.#admit()
      },
      () => {}, // stopped: another alarm was set
    )
  }

  #meter(key: string): Meter {
    const meter = this.#meters.get(key) ?? { underWay: 0 }
    this.#meters.set(key, meter)
    return meter
  }
}
