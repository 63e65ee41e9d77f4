import { setTimeout as after } from 'node:timers/promises'

const longestMs = 5_000
const shortestMs = 50
/** The market's own work is waited for, unless it is stuck. */
const ownMostMs = 15_000
const ownStepMs = 10

type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>
type Options = {
  /** Whether what is under way waits for programs of others. */
  isOnOthers: () => boolean
  wait?: Wait
}

/** In real time: what is waited for is done by programs, not by the market's clock. */
const waitReally: Wait = (ms, signal) => after(ms, undefined, { signal }).catch(() => {}) // called off

/**
 * How long a simulation waits for what is under way. For others generously at first, since programs take their time to
 * answer; less and less where waiting is in vain, for those that never do. For the market itself until it is done.
 */
export class Patience {
  readonly #isOnOthers: () => boolean
  readonly #wait: Wait
  #leftMs = longestMs

  constructor({ isOnOthers, wait = waitReally }: Options) {
    this.#isOnOthers = isOnOthers
    this.#wait = wait
  }

  /** Resolves when the work is done, or has been waited for long enough; rejects if it does. */
  async waitFor(work: Promise<unknown>): Promise<void> {
    for (let ownMs = 0; ownMs < ownMostMs; ) {
      const isOnOthers = this.#isOnOthers()
      const mostMs = isOnOthers ? Math.max(this.#leftMs / 5, shortestMs) : ownStepMs
      if (await this.#isDoneWithin(mostMs, work)) return
      if (isOnOthers && this.#isOnOthers()) {
        this.#leftMs = Math.max(this.#leftMs - mostMs, 0)
        return
      }
      ownMs += mostMs
    }
  }

  async #isDoneWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
    const enough = new AbortController()
    const late = this.#wait(ms, enough.signal).then(() => false)
    try {
      return await Promise.race([work.then(() => true), late])
    } finally {
      enough.abort()
    }
  }
}
