import { decodeAnswer, type ErrorCode, ErrorResponse, headers, type Operation, operations, parseJson } from '#contract'
import * as errors from '../errors.ts'
import type { Connection } from './connection.ts'
import { readUntil } from './quota.ts'
import type { Read } from './read-body.ts'
import { redact } from './redact.ts'
import type { AttemptFailure } from './retry.ts'

type Refused = { failure: AttemptFailure; error: errors.ApiError; until?: Date | undefined }
type Answered = { response: Response; read: Read }

const codesMax = 20
const tooMany = [420, 429]

/** What a status from 400 on means. The body may be anything: a proxy's page has no codes, then the status alone decides. */
export function refusalOf(
  { name, scopes }: Pick<Operation, 'name' | 'scopes'>,
  { response, read }: Answered,
  { apiKey, now }: Pick<Connection, 'apiKey'> & { now: Date },
): Refused {
  const { status } = response
  const { codes, messages } = envelopeOf(read)
  const facts: errors.RefusalFacts = {
    operation: name,
    status,
    codes: codes.map(code => redact(code, apiKey)),
    messages: messages.map(message => redact(message, apiKey)),
    traceId: traceIdOf(response),
  }
  if (tooMany.includes(status)) return limitedOf(facts, readUntil(response.headers, now), response)
  if (status >= 500)
    return { failure: 'unavailable', error: new errors.Unavailable(withAdvice(facts, 'Try again later.')) }
  if (status === 401) return refused(new errors.Unauthorized(withAdvice(facts, 'Check the key.')))
  if (saysClosed(name, facts)) return refused(new errors.ChatClosed(withAdvice(facts, adviceOnClosed)))
  if (status === 403) return refused(forbiddenOf(facts, scopes))
  if (status === 404) return refused(new errors.NotFound(facts))
  return refused(new errors.BadRequest(facts))
}

const refused = (error: errors.ApiError): Refused => ({ failure: 'refused', error })
const withAdvice = (facts: errors.RefusalFacts, advice: string) => ({ ...facts, advice })

// With this code no key helps: the business itself is disabled.
const disabled: ErrorCode = 'API_DISABLED'

function forbiddenOf(facts: errors.RefusalFacts, scopes: readonly string[]): errors.Forbidden {
  return new errors.Forbidden(facts.codes.includes(disabled) ? facts : withAdvice(facts, adviceOnScopes(scopes)))
}

const sends: readonly string[] = [operations.sendMessageToChat.name, operations.sendFileToChat.name]
const adviceOnClosed = 'The chat is finished: its customer opens it again by writing.'

/** Neither the status nor the words of Yandex.Market are on record. Programs in production know it by this word alone. */
function saysClosed(operation: string, { codes, messages }: errors.RefusalFacts): boolean {
  if (!sends.includes(operation) || codes.includes(disabled)) return false
  return [...codes, ...messages].some(text => /(?<![a-z])closed/i.test(text))
}

function adviceOnScopes(scopes: readonly string[]): string {
  const which = scopes.length > 3 ? 'any scope' : `one of the scopes ${scopes.join(', ')}`
  return `The key must belong to this business and have ${which}.`
}

/** A 420 says in words whether the hour or the calls at once are meant. If not, `remaining: 0` means the hour. */
function limitedOf(facts: errors.RefusalFacts, until: Date | undefined, { headers: told }: Response): Refused {
  const isParallel = facts.messages.some(message => /parallel/i.test(message))
  const isHourly =
    !isParallel && (told.get(headers.remaining) === '0' || facts.messages.some(text => /hour/i.test(text)))
  if (!isHourly) {
    const advice = 'Make fewer calls at once, or give one budget to all clients of the business.'
    return { failure: 'crowded', error: new errors.RateLimited(withAdvice(facts, advice), undefined) }
  }
  const advice = until ? `The hour ends at ${until.toISOString()}.` : 'Try again in an hour.'
  return { failure: 'hourly', error: new errors.RateLimited(withAdvice(facts, advice), until), until }
}

function envelopeOf(read: Read): { codes: string[]; messages: string[] } {
  const parsed = read.ok ? parseJson(read.text) : undefined
  const decoded = parsed?.ok ? decodeAnswer(ErrorResponse, parsed.value) : undefined
  const listed = (decoded?.ok ? (decoded.value.errors ?? []) : []).slice(0, codesMax)
  return {
    codes: listed.map(({ code }) => code),
    messages: listed.flatMap(({ message }) => (message ? [message] : [])),
  }
}

function traceIdOf({ headers: told }: Response): string | undefined {
  return /^[\da-f]{2}-([\da-f]{32})-/i.exec(told.get(headers.traceparent) ?? '')?.[1]
}
