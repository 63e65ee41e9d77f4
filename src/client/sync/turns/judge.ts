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
 * What an error of a call means for the sync. `end`: it cannot go on. `gone`: there is no such chat. `refused`: not like this,
 * a page token may have died. `outage`: the market is away; everything waits. `misfit`: this answer cannot be used; the rest goes on.
 */
export type Verdict = 'end' | 'gone' | 'refused' | 'outage' | 'misfit'

const verdicts = [
  [Unauthorized, 'end'],
  [Forbidden, 'end'],
  [InvalidInput, 'end'],
  [NotFound, 'gone'],
  [BadRequest, 'refused'],
  [RateLimited, 'outage'],
  [Unavailable, 'outage'],
  [ConnectionError, 'outage'],
  [TimeoutError, 'outage'],
] as const

export function judge(error: unknown): Verdict {
  const found = verdicts.find(([kind]) => error instanceof kind)
  if (found) return found[1]
  return error instanceof PrilavokError ? 'misfit' : 'end'
}
