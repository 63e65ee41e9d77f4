import type { Writable } from 'node:stream'

/** How many requests of each caller are under way in this process. */
export class ParallelLimit<Caller> {
  readonly max: number
  readonly #underWay = new Map<Caller, number>()

  /** 0 lifts the limit. */
  constructor(max: number) {
    this.max = max
  }

  /** False if the caller has as many under way as it may; otherwise one more is until its answer closes, which may have happened. */
  enterUntilClosed(caller: Caller, answer: Pick<Writable, 'destroyed' | 'once'>): boolean {
    if (!this.enter(caller)) return false
    // `close` comes once: after the answer, or when the connection is lost.
    if (answer.destroyed) this.release(caller)
    else answer.once('close', () => this.release(caller))
    return true
  }

  /** False if the caller has as many under way as it may; otherwise `release` must be called once. */
  enter(caller: Caller): boolean {
    const count = this.#underWay.get(caller) ?? 0
    if (this.max > 0 && count >= this.max) return false
    this.#underWay.set(caller, count + 1)
    return true
  }

  release(caller: Caller): void {
    const count = (this.#underWay.get(caller) ?? 0) - 1
    if (count > 0) this.#underWay.set(caller, count)
    else this.#underWay.delete(caller)
  }
}
