/** A read changes nothing. A send writes each time. A keyed send writes once: the server honours its key. */
export type CallKind = 'read' | 'send' | 'keyedSend'

/** How an attempt failed. */
export type AttemptFailure =
  /** 420 for the hour. Nothing was done. */
  | 'hourly'
  /** 420 for too many calls at once, or without a reason. Nothing was done. */
  | 'crowded'
  /** 5xx. */
  | 'unavailable'
  /** There was no connection. */
  | 'unreached'
  /** The connection broke, perhaps after the request was sent. */
  | 'lost'
  | 'timedOut'
  /** Any other 4xx. */
  | 'refused'
  /** An answer that does not fit the contract. */
  | 'misfit'

type Wait = 'untilTold' | 'short' | 'growing'
/** How often it may be tried in all, and what to wait for in between. */
export type Rule = { attempts: number; wait: Wait }

const never: Rule = { attempts: 1, wait: 'short' }
const some: Rule = { attempts: 4, wait: 'growing' }
// Nothing was done, so sends may be repeated too. If both clocks are right, one repetition after the hour is enough.
const anHour: Rule = { attempts: 6, wait: 'untilTold' }
const aMoment: Rule = { attempts: 12, wait: 'short' }
const limits = { hourly: anHour, crowded: aMoment }

const repeatable = {
  ...limits,
  unavailable: some,
  unreached: some,
  lost: some,
  timedOut: some,
  refused: never,
  misfit: never,
}

/** The one table of retries. */
export const rules: Record<CallKind, Record<AttemptFailure, Rule>> = {
  read: repeatable,
  keyedSend: { ...repeatable, misfit: some },
  send: { ...limits, unavailable: never, unreached: some, lost: never, timedOut: never, refused: never, misfit: never },
}

/** After which failures it is unknown whether a send was done. */
export const leavesUnknown: Record<AttemptFailure, boolean> = {
  hourly: false,
  crowded: false,
  unavailable: true,
  unreached: false,
  lost: true,
  timedOut: true,
  refused: false,
  misfit: true,
}

export type Waiting = {
  /** Attempts so far that asked for this wait. */
  made: number
  /** Until the time that the market gave, if it did. */
  untilMs?: number | undefined
  random: () => number
}

const steps: Record<Wait, { firstMs: number; factor: number; maxMs: number; jitter: number }> = {
  growing: { firstMs: 250, factor: 2, maxMs: 10_000, jitter: 1 },
  // Calls under way need time to end: at least half of the wait is kept.
  short: { firstMs: 100, factor: 2, maxMs: 3_000, jitter: 0.5 },
  // If the market gave no time, or one that is past by our clock.
  untilTold: { firstMs: 1_000, factor: 4, maxMs: 60_000, jitter: 0.5 },
}
// Clocks differ, and clients that wait should not all come back in the same moment.
const lateMaxMs = 1_000
const toldMaxMs = 60 * 60 * 1000

/** How long to wait before the next attempt. */
export function waitBefore(wait: Wait, { made, untilMs, random }: Waiting): number {
  if (wait === 'untilTold' && untilMs !== undefined && untilMs > 0) {
    return Math.min(untilMs, toldMaxMs) + Math.ceil(random() * lateMaxMs)
  }
  const { firstMs, factor, maxMs, jitter } = steps[wait]
  const fullMs = Math.min(maxMs, firstMs * factor ** (made - 1))
  return Math.ceil(fullMs * (1 - jitter + jitter * random()))
}
