import { Timers } from './timers.ts'

/** Where time comes from. Everything that waits for time or stamps it takes one of these. */
export type Clock = {
  now(): Date
  /** Does the work once, when that much of this clock's time has passed. Returns how to call it off. */
  after(delayMs: number, work: () => void): () => void
}

/** A clock that can be moved, and that tells who waits. */
export type MovableClock = Clock & {
  /** When the next work is due, if any waits. */
  nextAt(): Date | undefined
  /** Moves on by so much, and does all work that is due then, in order, each at its own moment. */
  advance(ms: number): void
}

// Node takes no more for a timer.
const maxTimerMs = 2 ** 31 - 1

/** The machine's clock. What waits on it does not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(delayMs, work) {
    let timer: NodeJS.Timeout
    const wait = (leftMs: number) => {
      const stepMs = Math.min(Math.max(leftMs, 0), maxTimerMs)
      timer = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : work()), stepMs).unref()
    }
    wait(delayMs)
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until told to move; for tests. */
export function makeManualClock(start: Date): MovableClock {
  let now = start.getTime()
  const timers = new Timers()
  return {
    now: () => new Date(now),
    after: (delayMs, work) => timers.add(now + delayMs, work),
    nextAt: () => dateOf(timers.nextAt()),
    advance(ms) {
      const until = now + ms
      timers.fire(until, at => {
        now = Math.max(now, at)
      })
      now = until
    },
  }
}

/** A clock that goes with another, `offsetMs` ahead of it, and can be moved further ahead. */
export function makeMovableClock(base: Clock, offsetMs = 0): MovableClock & { offsetMs(): number } {
  let offset = offsetMs
  let disarm = () => {}
  const timers = new Timers()
  const now = () => base.now().getTime() + offset
  const arm = () => {
    disarm()
    const next = timers.nextAt()
    if (next !== undefined) disarm = base.after(next - now(), fire)
  }
  const fire = () => {
    timers.fire(now())
    arm()
  }
  return {
    now: () => new Date(now()),
    after(delayMs, work) {
      const cancel = timers.add(now() + delayMs, work)
      arm()
      return cancel
    },
    nextAt: () => dateOf(timers.nextAt()),
    advance(ms) {
      const until = now() + ms
      timers.fire(until, at => {
        offset += Math.max(at - now(), 0)
      })
      offset += Math.max(until - now(), 0)
      arm()
    },
    offsetMs: () => offset,
  }
}

const dateOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms))
