import {
  type ApiError,
  BadRequest,
  ChatClosed,
  ConnectionError,
  Forbidden,
  InvalidInput,
  NotFound,
  PrilavokError,
  RateLimited,
  TimeoutError,
  Unauthorized,
  Unavailable,
  WireError,
} from '#client'
import { codeOf, Problem } from '#kit'
import { timeOfDay } from '../../terminal/format-time.ts'
import { onOneLine } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'

const unknownUrl = '—'
// A write is refused without a path.
const pathless = new Set(['ENOSPC', 'EDQUOT', 'EIO'])

/** What a person can mend, in one line of their language; anything else is returned as it is. No key is in it. */
export function explainError(error: unknown, texts: Texts, url = ''): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const line = describe(error, texts, url || unknownUrl)
  return line === undefined ? error : new Problem(line, { cause: error })
}

/** The same as a line. */
export function describeError(error: Error, texts: Texts, url: string): string {
  return describe(error, texts, url) ?? onOneLine(error.message)
}

function describe(error: Error, { errors }: Texts, url: string): string | undefined {
  if (error instanceof Unauthorized) return errors.unauthorized(whyRefused(error))
  if (error instanceof Forbidden) return errors.forbidden(whyRefused(error))
  if (error instanceof NotFound) return errors.notFound(whyRefused(error))
  if (error instanceof RateLimited) return errors.limited(error.until && timeOfDay(error.until))
  if (error instanceof Unavailable)
    return errors.unavailable(error.status, error.traceId === undefined ? '' : errors.trace(error.traceId))
  if (error instanceof ChatClosed) return errors.chatClosed(whyRefused(error))
  if (error instanceof BadRequest) return errors.badRequest(whyRefused(error))
  if (error instanceof ConnectionError) return errors.connection(url, whyLost(error))
  if (error instanceof TimeoutError) return errors.timeout(url, error.timeoutMs / 1000)
  if (error instanceof WireError) return errors.wire(`${error.operation}${error.path && `: ${onOneLine(error.path)}`}`)
  if (error instanceof InvalidInput) return errors.invalid(onOneLine(error.message).replace(/\.$/, ''))
  if (error instanceof PrilavokError) return onOneLine(error.message)
  return describeOfDisk(error, errors)
}

/** What the system refuses at a path, or for want of room, is something a person can mend. */
function describeOfDisk(error: Error, { file, output }: Texts['errors']): string | undefined {
  const code = codeOf(error)
  if (code === undefined || !('syscall' in error)) return undefined
  if ('path' in error && typeof error.path === 'string') return file(onOneLine(error.path), code)
  return pathless.has(code) ? output(code) : undefined
}

/** In the market's own words. */
export function whyRefused({ messages, status }: ApiError): string {
  const why = messages.map(onOneLine).join('; ').replace(/\.$/, '')
  return why === '' ? `${status}` : why
}

/** The code of the system at the bottom of the causes, else what the error says itself. */
function whyLost(error: Error): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = codeOf(cause)
    if (code !== undefined) return code
  }
  const told = onOneLine(error.cause instanceof Error ? error.cause.message : error.message)
  return /\bE[A-Z]{4,}\b/.exec(told)?.[0] ?? told
}
