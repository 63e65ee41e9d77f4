import {
  ApiError,
  ConnectionError,
  InvalidInput,
  QuotaWait,
  RateLimited,
  SendUnknown,
  Unauthorized,
  Unavailable,
} from '#client'

/** What an attempt to send has come to. */
export type Outcome =
  | { outcome: 'accepted' }
  /** Certainly not written. */
  | { outcome: 'refused'; why: string }
  /** Certainly not written; it may pass later. `until`: when the market said. */
  | { outcome: 'postponed'; why: string; until?: Date | undefined }
  /** It may be written. */
  | { outcome: 'doubtful'; why: string }

/** Rethrows what is no error of a call. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof QuotaWait) return { outcome: 'postponed', why: error.message, until: error.until }
  if (error instanceof RateLimited) return { outcome: 'postponed', why: error.message, until: error.until }
  if (error instanceof SendUnknown || error instanceof Unavailable) return { outcome: 'doubtful', why: error.message }
  // The cabinet as a whole waits for another key.
  if (error instanceof Unauthorized) return { outcome: 'postponed', why: error.message }
  if (error instanceof ApiError || error instanceof InvalidInput) return { outcome: 'refused', why: error.message }
  if (error instanceof ConnectionError) {
    return { outcome: error.wasSent === false ? 'postponed' : 'doubtful', why: error.message }
  }
  throw error
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** How long to wait before the next attempt, if the market does not say it. */
export function waitAfter(attempt: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt - 1, 10))
}
