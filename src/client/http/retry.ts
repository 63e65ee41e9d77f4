/** A read changes nothing, however often; a send writes once each time; a keyed send writes once, for the server honours its key. */
export type Kind = 'read' | 'send' | 'keyedSend'

/** What became of one attempt, other than success. */
export type Happening =
  /** 420 for the hour. Nothing was done. */
  | 'hourly'
  /** 420 for calls at once, or one that does not say. Nothing was done. */
  | 'crowded'
  /** 5xx. */
  | 'unavailable'
  /** No connection came about. */
  | 'unreached'
  /** The connection broke, or nobody can tell. */
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
// Nothing was done, so anything may be repeated. Once is enough for an hour whose end was told, if both clocks are right.
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
export const rules: Record<Kind, Record<Happening, Rule>> = {
  read: repeatable,
  keyedSend: { ...repeatable, misfit: some },
  send: { ...limits, unavailable: never, unreached: some, lost: never, timedOut: never, refused: never, misfit: never },
}

/** After these nobody can tell whether a send was done. */
export const leavesUnknown: Record<Happening, boolean> = {
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
  /** Attempts made that ended so that this wait is due. */
  made: number
  /** Until the moment that the market has told, if it has. */
  untilMs?: number | undefined
  random: () => number
}

const steps: Record<Wait, { firstMs: number; factor: number; maxMs: number; jitter: number }> = {
  growing: { firstMs: 250, factor: 2, maxMs: 10_000, jitter: 1 },
  // A crowd needs a moment to go: half of the wait is not left to chance.
  short: { firstMs: 100, factor: 2, maxMs: 3_000, jitter: 0.5 },
  // For an end that was not told, or is past by our clock.
  untilTold: { firstMs: 1_000, factor: 4, maxMs: 60_000, jitter: 0.5 },
}
// The clocks of two machines differ, and not all who wait should come back in the same moment.
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
