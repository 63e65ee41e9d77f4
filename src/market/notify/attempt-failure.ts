import type { FailureReason } from '#contract'
import { codeOf } from '#kit'

/** Why an attempt came to nothing, as the shop is told. */
export class AttemptFailure extends Error {
  override name = 'AttemptFailure'
  readonly reason: FailureReason
  readonly status: number | undefined

  constructor(reason: FailureReason, { status, cause }: { status?: number | undefined; cause?: unknown } = {}) {
    super(reason, { cause })
    this.reason = reason
    this.status = status
  }
}

const reasonOfCode: [code: RegExp, reason: FailureReason][] = [
  [/^ETIMEDOUT$/, 'CONNECTION_TIMED_OUT'],
  // What came is no HTTP.
  [/^HPE_/, 'CANT_PARSE_RESPONSE'],
  // TLS 1.3 tells of a wrong certificate only after the handshake.
  [/^(ERR_SSL_|ERR_TLS_|EPROTO$)/, 'SSL_ERROR'],
]

/** The failure that an error of the network means; refused, unreachable, unknown and reset are one to a shop. */
export function failureOf(error: unknown): AttemptFailure {
  if (error instanceof AttemptFailure) return error
  const code = codeOf(error) ?? ''
  const reason = reasonOfCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'CONNECTION_REFUSED'
  return new AttemptFailure(reason, { cause: error })
}
