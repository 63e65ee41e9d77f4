import {
  ApiError,
  ChatClosed,
  ConnectionError,
  Forbidden,
  InvalidInput,
  NotFound,
  QuotaWait,
  RateLimited,
  SendUnknown,
  Unauthorized,
  Unavailable,
} from '#client'

/** Why nothing was written, so that people can be told what to do in their language. */
export const reasons = ['closed', 'scope', 'gone', 'file', 'refused', 'quota', 'key', 'away'] as const
export type Reason = (typeof reasons)[number]
type Why = { reason: Reason; why: string }

/** What an attempt to send has come to. `why`: in the market's words, or those of the connection. */
export type Outcome =
  | { outcome: 'accepted' }
  /** Certainly not written. */
  | ({ outcome: 'refused' } & Why)
  /** Certainly not written; it may pass later. `until`: when the market said. */
  | ({ outcome: 'postponed'; until?: Date | undefined } & Why)
  /** It may be written. */
  | { outcome: 'doubtful'; why: string }

/** Rethrows what is no error of a call. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof QuotaWait || error instanceof RateLimited)
    return { outcome: 'postponed', reason: 'quota', why: error.message, until: error.until }
  if (error instanceof SendUnknown || error instanceof Unavailable) return { outcome: 'doubtful', why: error.message }
  // The cabinet as a whole waits for another key.
  if (error instanceof Unauthorized) return { outcome: 'postponed', reason: 'key', why: error.message }
  if (error instanceof ApiError || error instanceof InvalidInput)
    return { outcome: 'refused', reason: reasonOf(error), why: error.message }
  if (error instanceof ConnectionError) {
    const why = error.message
    return error.wasSent === false ? { outcome: 'postponed', reason: 'away', why } : { outcome: 'doubtful', why }
  }
  throw error
}

function reasonOf(error: ApiError | InvalidInput): Reason {
  if (error instanceof Forbidden) return 'scope'
  if (error instanceof NotFound) return 'gone'
  return error instanceof ChatClosed ? 'closed' : 'refused'
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** How long to wait before the next attempt, if the market does not say it. */
export function waitAfter(attempt: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt - 1, 10))
}
