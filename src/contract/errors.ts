import { describeIssue, type Issue } from './issue.ts'
import { idempotencyKeyMaxLength, ordersPeriodDays } from './limits.ts'
import type { Operation } from './operation.ts'

export type ErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'API_DISABLED'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'PRECONDITION_FAILED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RANGE_NOT_SATISFIABLE'
  | 'EXPECTATION_FAILED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'LIMIT_EXCEEDED'
  | 'INTERNAL_ERROR'
  | 'SERVICE_UNAVAILABLE'

const statusOf: Record<ErrorCode, number> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  API_DISABLED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PRECONDITION_FAILED: 412,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  EXPECTATION_FAILED: 417,
  IDEMPOTENCY_KEY_REUSED: 422,
  LIMIT_EXCEEDED: 420,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
}

/** A refusal of the published API: thrown anywhere behind the HTTP edge, answered as the envelope there. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: ErrorCode
  readonly messages: readonly string[]
  /** Which one of the table below it is; one that is made elsewhere is none of them. */
  kind?: RefusalName
  constructor(code: ErrorCode, ...messages: string[]) {
    super(messages.join('; '))
    this.code = code
    this.status = statusOf[code]
    this.messages = messages
  }
}

/** The envelope of a refusal. */
export function errorBody(refusal: Refusal) {
  return { status: 'ERROR' as const, errors: refusal.messages.map(message => ({ code: refusal.code, message })) }
}

const bad = (...messages: string[]) => new Refusal('BAD_REQUEST', ...messages)
const unauthorized = (message: string) => new Refusal('UNAUTHORIZED', message)
const forbidden = (message: string) => new Refusal('FORBIDDEN', message)
const notFound = (message: string) => new Refusal('NOT_FOUND', message)

/** Every published refusal with its sentence. */
const sentences = {
  noCredentials: () => unauthorized('Credentials are not specified'),
  keyNotSpecified: () => unauthorized('Api-Key token is not specified'),
  keyPrefixInvalid: () => unauthorized('Api-Key token prefix invalid'),
  keyLengthInvalid: () => unauthorized('Api-Key token length invalid'),
  keyFormatInvalid: () => unauthorized('Api-Key token format invalid'),
  keyRevoked: () => unauthorized('Api-Key token is revoked'),
  keyInvalid: () => unauthorized('Api-Key token is invalid'),
  authorizationSyntax: () => unauthorized('Authorization header has invalid syntax'),
  oauthTokenNotSpecified: () => unauthorized('OAuth token is not specified'),
  oauthCredentialsNotSpecified: () => unauthorized('OAuth credentials are not specified'),
  oauthTokenInvalid: () => forbidden('OAuth token is invalid'),
  accessDenied: () => forbidden('Access denied'),
  noScope: (operation: Operation) =>
    forbidden(`Token does not have any of the scopes to access the API method: ${operation.scopes.join(', ')}`),
  apiDisabled: (businessId: bigint) =>
    new Refusal('API_DISABLED', `API for business ${businessId} disabled because it has only disabled partners.`),

  resourceNotFound: () => notFound('Resource not found'),
  chatNotFound: (chatId: bigint) => notFound(`Can't find chat by id: ${chatId}`),
  chatClosed: (chatId: bigint) => bad(`Chat with id '${chatId}' is closed`),
  messageNotFound: (messageId: bigint, chatId: bigint) =>
    notFound(`Can't find message by id: ${messageId} for chat ${chatId}`),
  orderNotFound: (orderId: bigint) => notFound(`Order not found: ${orderId}`),
  returnNotFound: (returnId: bigint) => notFound(`Return not found: ${returnId}`),

  bodyMissing: () => bad('Required request body is missing'),
  parameterMissing: (name: string) => bad(`Required request parameter '${name}' is not present`),
  partMissing: (name: string) => bad(`Required request part '${name}' is not present`),
  // Only the beginning is repeated, so that an answer is never as large as a request.
  typeMismatch: (text: string) => bad(`Type mismatch: '${text.slice(0, 100)}'`),
  unreadable: (why: string) => bad(why),
  fits: (issues: readonly Issue[]) => bad(...issues.map(describeIssue)),
  parameterFits: (issues: readonly Issue[]) => bad(...issues.map(issue => `Parameter ${describeIssue(issue)}`)),
  badPageToken: () => bad('Bad page token'),
  notForDbs: () => bad('Chats about returns are not available for DBS shops'),
  notForTestOrders: () => bad('Chats about returns are not available for test orders'),
  oneFileAllowed: () => bad('Only one file is allowed in a request'),
  linkExpired: () => forbidden('The link to the file has expired: read the message again for a new one'),
  periodTooLong: (from: string, to: string) => bad(`${to} must be at most ${ordersPeriodDays} days after ${from}`),
  tooBig: (limit: string, passed: string) =>
    bad(`The request is too big: Maximum allowed request size must be less than ${limit}, but passed ${passed}`),
  idempotencyKeyUnfit: () => bad(`Idempotency-Key must be 1 to ${idempotencyKeyMaxLength} visible ASCII characters`),
  idempotencyKeyReused: () =>
    new Refusal('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request of the business'),

  methodNotSupported: (verb: string) => new Refusal('METHOD_NOT_ALLOWED', `Request method '${verb}' not supported`),
  contentTypeNotSupported: (type: string) =>
    new Refusal('UNSUPPORTED_MEDIA_TYPE', `Content type '${type.slice(0, 100)}' not supported`),
  contentEncodingNotSupported: (encoding: string) =>
    new Refusal('UNSUPPORTED_MEDIA_TYPE', `Content encoding '${encoding.slice(0, 100)}' not supported`),
  // Of files, which have no published form, and of headers that the published record does not name.
  preconditionFailed: () => new Refusal('PRECONDITION_FAILED', 'The file is not as the request expects'),
  rangeNotSatisfiable: () => new Refusal('RANGE_NOT_SATISFIABLE', 'The file does not have the requested range'),
  expectationFailed: (text: string) =>
    new Refusal('EXPECTATION_FAILED', `Expectation '${text.slice(0, 100)}' not supported`),

  tooManyParallel: (max: number, of: 'businessId' | 'campaignId', id: bigint) =>
    new Refusal('LIMIT_EXCEEDED', `Hit rate limit of ${max} parallel requests for ${of} ${id}`),
  tooManyPerHour: (operation: Operation, businessId: bigint) =>
    new Refusal(
      'LIMIT_EXCEEDED',
      `Hit rate limit of ${operation.perHour} requests per 1 hour for resource ${operation.path} for businessId ${businessId}`,
    ),
  internal: () => new Refusal('INTERNAL_ERROR', 'Internal server error'),
  unavailable: () => new Refusal('SERVICE_UNAVAILABLE', 'Service temporarily unavailable. Please, try again later'),
} as const

export type RefusalName = keyof typeof sentences

/** The same, each of which knows its name. */
export const refusals = nameEach(sentences)

function nameEach<Makers extends Record<string, (...args: never[]) => Refusal>>(makers: Makers): Makers {
  const named = Object.entries(makers).map(([kind, make]) => {
    const makeNamed = (...args: never[]) => Object.assign(make(...args), { kind })
    return [kind, makeNamed] as const
  })
  return Object.fromEntries(named) as Makers // each takes and returns what the one of its name does
}

const units = [
  ['MB', 1024 * 1024],
  ['KB', 1024],
] as const

/** `1.2 MB`, `512 KB`, `17 B`: the form in the published sentence about a request that is too big. */
export function formatSize(bytes: number): string {
  const unit = units.find(([, size]) => bytes >= size)
  if (!unit) return `${bytes} B`
  return `${Number((bytes / unit[1]).toFixed(1))} ${unit[0]}`
}
