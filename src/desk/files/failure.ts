import { ApiError, FileForbidden, InvalidInput, PrilavokError, RateLimited, Unauthorized, Unavailable } from '#client'
import { codeOf } from '#kit'
import { Unfetchable } from './bounded.ts'

const firstWaitMs = 2_000
const longestWaitMs = 60 * 60 * 1000
const attemptsMax = 12
// A word, which the page puts into its language.
const otherHost = 'otherHost'

type Failed = { state: 'waiting' | 'failed'; why: string; nextAt: Date }

/**
 * When a file is tried again. What the market refuses, or what is too large, is tried no more; a market that is away is no
 * attempt to count. Undefined: it is no failure of fetching.
 */
export function afterFailure(error: unknown, { attempts, now }: { attempts: number; now: Date }): Failed | undefined {
  const why = wordsOf(error)
  if (why === undefined) return undefined
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempts - 1, 20))
  const isOver = isFinal(error) || attempts >= attemptsMax
  return { state: isOver ? 'failed' : 'waiting', why, nextAt: new Date(now.getTime() + waitMs) }
}

function isFinal(error: unknown): boolean {
  if (error instanceof Unfetchable || error instanceof InvalidInput) return true
  const mayPass = error instanceof Unavailable || error instanceof RateLimited || error instanceof Unauthorized
  return error instanceof ApiError && !mayPass
}

/** A line that breaks while the body is read is no error of the client; a full disk is one of ours, and passes too. */
function wordsOf(error: unknown): string | undefined {
  if (error instanceof FileForbidden) return otherHost
  if (error instanceof PrilavokError || error instanceof Unfetchable) return error.message
  if (error instanceof TypeError && error.message === 'terminated') return 'the line broke while it was read'
  return codeOf(error) === 'ENOSPC' ? 'the disk is full' : undefined
}
