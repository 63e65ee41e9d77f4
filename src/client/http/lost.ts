import { ConnectionError } from '../errors.ts'
import { redact } from './redact.ts'

// These happen before the first byte of a request is sent. Not ERR_SSL_: a connection that is damaged later has it too.
const handshakeCodes =
  /^(UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*|ERR_TLS_CERT_.*)$/
const connectingCalls = ['connect', 'getaddrinfo']
const deepest = 4

type Facts = { name: string; message: string; code?: string | undefined; syscall?: string | undefined }

/** What fetch threw, as our own error. Texts are copied without the key: the thrown object may hold the whole request. */
export function connectionErrorOf(
  thrown: unknown,
  { operation, wasAnswered, apiKey }: { operation: string; wasAnswered: boolean; apiKey: string },
): ConnectionError {
  const facts = factsOf(thrown)
  const last = facts.at(-1)
  const cause = new Error(redact(facts.map(formatFacts).join(': '), apiKey))
  cause.name = redact(last?.name ?? 'Error', apiKey)
  // A stack of this place would mislead.
  delete cause.stack
  return new ConnectionError({
    operation,
    wasSent: wasAnswered ? true : facts.some(isUnreached) ? false : undefined,
    cause,
  })
}

function formatFacts({ message, code }: Facts): string {
  return code === undefined || message.includes(code) ? message : [message, code].filter(Boolean).join(' ')
}

function isUnreached({ code = '', syscall = '' }: Facts): boolean {
  return connectingCalls.includes(syscall) || handshakeCodes.test(code)
}

/** The error and its causes, outermost first. Of several addresses that were tried, only the first is told. */
function factsOf(thrown: unknown): Facts[] {
  const facts: Facts[] = []
  for (let error = thrown; error instanceof Error && facts.length < deepest; error = causeOf(error)) {
    const { name, message } = error
    facts.push({ name, message, code: textIn(error, 'code'), syscall: textIn(error, 'syscall') })
  }
  return facts
}

function causeOf(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error.cause
}

function textIn(error: Error, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}
