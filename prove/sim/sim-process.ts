import type { ClientClock } from '#client'
import type { Chance, Clock, MonotonicClock } from '#kit'
import type { TimerKind, VirtualTime } from './virtual-time.ts'

type Wait = { signal?: AbortSignal | undefined; kind?: TimerKind }

/** A process of the simulated world: nothing that it waits for comes while it is frozen, or ever once it is dead. */
export class SimProcess {
  readonly name: string
  readonly time: VirtualTime
  /** Its own, so that what others do does not change what it meets. */
  readonly chance: Chance
  #isDead = false
  #thawsAtMs = 0
  readonly #timers = new Set<() => void>()

  constructor(name: string, time: VirtualTime, chance: Chance) {
    this.name = name
    this.time = time
    this.chance = chance
  }

  get isDead(): boolean {
    return this.#isDead
  }

  kill(): void {
    this.#isDead = true
    for (const callOff of this.#timers) callOff()
    this.#timers.clear()
  }

  freeze(ms: number): void {
    this.#thawsAtMs = this.time.nowMs + ms
  }

  after(delayMs: number, kind: TimerKind, work: () => void): () => void {
    if (this.#isDead) return () => {}
    let stop = () => {}
    const callOff = () => {
      stop()
      this.#timers.delete(callOff)
    }
    const fire = () => {
      const frozenMs = this.#thawsAtMs - this.time.nowMs
      if (frozenMs > 0) {
        stop = this.time.after(frozenMs, kind, fire)
        return
      }
      this.#timers.delete(callOff)
      work()
    }
    stop = this.time.after(delayMs, kind, fire)
    this.#timers.add(callOff)
    return callOff
  }

  wait(ms: number, { signal, kind = 'event' }: Wait = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        callOff()
        reject(signal?.reason)
      }
      const callOff = this.after(ms, kind, () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  clock(): Clock {
    return {
      now: () => new Date(this.time.nowMs),
      after: (delayMs, work) => this.after(delayMs, 'event', work),
    }
  }

  clientClock(aheadMs = 0): ClientClock {
    return {
      now: () => new Date(this.time.nowMs + aheadMs),
      wait: (ms, signal) => this.wait(ms, { signal }),
    }
  }

  monotonic(): MonotonicClock {
    return {
      nowMs: () => this.time.nowMs,
      after: (delayMs, work) => void this.after(delayMs, 'step', work),
      every: (periodMs, work) => {
        let callOff = () => {}
        const arm = () => {
          callOff = this.after(periodMs, 'beat', () => {
            arm()
            work()
          })
        }
        arm()
        return () => callOff()
      },
    }
  }
}
