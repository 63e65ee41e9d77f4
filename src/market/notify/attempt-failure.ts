import type { FailureReason } from '#contract'
import { codeOf } from '#kit'

/** Why an attempt has failed, in the words in which the shop is told. */
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
  // The answer is not HTTP.
  [/^HPE_/, 'CANT_PARSE_RESPONSE'],
  // In TLS 1.3 a wrong certificate may be reported after the handshake.
  [/^(ERR_SSL_|ERR_TLS_|EPROTO$)/, 'SSL_ERROR'],
]

/** The failure that an error of the network means. Refused, unreachable, unknown and reset are the same to a shop. */
export function failureOf(error: unknown): AttemptFailure {
  if (error instanceof AttemptFailure) return error
  const code = codeOf(error) ?? ''
  const reason = reasonOfCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'CONNECTION_REFUSED'
  return new AttemptFailure(reason, { cause: error })
}
