import {
  BadRequest,
  ConnectionError,
  Forbidden,
  InvalidInput,
  NotFound,
  PrilavokError,
  RateLimited,
  TimeoutError,
  Unauthorized,
  Unavailable,
} from '../../errors.ts'

/**
 * A call that failed in a way with which a sync can go on. `gone`: there is no such chat. `refused`: not like this, a page token
 * may have expired. `outage`: the market is away, everything waits. `misfit`: this answer cannot be used, the rest goes on.
 */
export type CallFailure = { kind: 'gone' | 'refused' | 'outage' | 'misfit'; error: PrilavokError }

const final = [Unauthorized, Forbidden, InvalidInput]
const kinds = [
  [NotFound, 'gone'],
  [BadRequest, 'refused'],
  [RateLimited, 'outage'],
  [Unavailable, 'outage'],
  [ConnectionError, 'outage'],
  [TimeoutError, 'outage'],
] as const

/** Undefined: the sync cannot go on. */
export function callFailureOf(error: unknown): CallFailure | undefined {
  if (!(error instanceof PrilavokError) || final.some(known => error instanceof known)) return undefined
  const found = kinds.find(([known]) => error instanceof known)
  return { kind: found?.[1] ?? 'misfit', error }
}
