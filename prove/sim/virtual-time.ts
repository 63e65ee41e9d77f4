import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * An `event` is what the world does. A `step` is a part of work under way, such as a statement. A `beat` comes again and again:
 * while nothing but beats comes, time may pass over them, as it does for a machine that sleeps.
 */
export type TimerKind = 'event' | 'step' | 'beat'

type Timer = { atMs: number; kind: TimerKind; fire: () => void }

// Longer than a lease lives and a search for work waits: what beats alone can change has changed by then.
const wakefulMs = 4_500
/** How many turns of Node's loop have to pass without work of the machine: an injected request takes some between two waits. */
const restTurns = 4

/** Time that passes, from one timer to the next, only when everything that was begun has come to rest. */
export class VirtualTime {
  #nowMs: number
  #lastEventMs: number
  readonly #timers = new Set<Timer>()
  #underWay = 0
  #whenDone = Promise.withResolvers<void>()

  constructor(start: Date) {
    this.#nowMs = this.#lastEventMs = start.getTime()
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** Of an event or of a step. */
  get isWorkPending(): boolean {
    return this.#timers.values().some(({ kind }) => kind !== 'beat')
  }

  /** Returns how to call it off. */
  after(delayMs: number, kind: TimerKind, fire: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(delayMs, 0), kind, fire }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Work of the machine, such as a statement of PostgreSQL: no time passes before it is done. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay++
    try {
      return await work
    } finally {
      if (--this.#underWay === 0) {
        this.#whenDone.resolve()
        this.#whenDone = Promise.withResolvers()
      }
    }
  }

  /** Until that moment, or earlier as soon as it is over. */
  async run(untilMs: number, isOver: () => boolean = () => false): Promise<void> {
    for (;;) {
      await this.#rest()
      if (isOver()) return
      const next = this.#next()
      if (!next || Math.max(next.atMs, this.#nowMs) > untilMs) break
      this.#timers.delete(next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      if (next.kind === 'event') this.#lastEventMs = this.#nowMs
      next.fire()
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  async #rest(): Promise<void> {
    for (let turns = 0; turns < restTurns; turns++) {
      await nextTurn()
      while (this.#underWay > 0) {
        await this.#whenDone.promise
        turns = 0
      }
    }
  }

  #next(): Timer | undefined {
    const next = this.#first(() => true)
    if (next?.kind !== 'beat' || next.atMs < this.#lastEventMs + wakefulMs) return next
    const event = this.#first(({ kind }) => kind !== 'beat')
    // Asleep until then. The beats that were passed over come first, once each.
    if (event) this.#nowMs = Math.max(this.#nowMs, event.atMs)
    return next
  }

  #first(isWanted: (timer: Timer) => boolean): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) if (isWanted(timer) && (!first || timer.atMs < first.atMs)) first = timer
    return first
  }
}
