import { setTimeout as after } from 'node:timers/promises'

const longestMs = 5_000
const shortestMs = 50
/** After this, the market's own work counts as stuck. */
const maxOwnMs = 15_000
const ownStepMs = 10

type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>
type PatienceOptions = {
  /** Whether what is under way waits for programs of others. */
  isOnOthers: () => boolean
  wait?: Wait
}

/** In real time, since what is waited for does not depend on the market's clock. */
const waitInRealTime: Wait = (ms, signal) => after(ms, undefined, { signal }).catch(() => {}) // aborted

/**
 * How long an advance waits for what is under way. For programs of others a second at first, and less each time they do not
 * answer. For the market's own work until it is done.
 */
export class Patience {
  readonly #isOnOthers: () => boolean
  readonly #wait: Wait
  #leftMs = longestMs

  constructor({ isOnOthers, wait = waitInRealTime }: PatienceOptions) {
    this.#isOnOthers = isOnOthers
    this.#wait = wait
  }

  /** Resolves when the work is done, or has been waited for long enough; rejects if it does. */
  async waitFor(work: Promise<unknown>): Promise<void> {
    for (let ownMs = 0; ownMs < maxOwnMs; ) {
      const isOnOthers = this.#isOnOthers()
      const maxMs = isOnOthers ? Math.max(this.#leftMs / 5, shortestMs) : ownStepMs
      if (await this.#isDoneWithin(maxMs, work)) return
      if (isOnOthers && this.#isOnOthers()) {
        this.#leftMs = Math.max(this.#leftMs - maxMs, 0)
        return
      }
      ownMs += maxMs
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
