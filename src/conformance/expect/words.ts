import type { ErrorCode } from '#contract'
import type { ChoiceRow } from '../findings/choice-rows.ts'
import type { Source } from '../findings/finding.ts'
import { choice, contract, observed } from '../findings/sources.ts'

/** A refusal as it is expected. A pattern stands for words that depend on the server. */
export type Refused = { status: number; code: ErrorCode; messages: readonly (string | RegExp)[]; words: Source }

const refusing =
  (status: number, code: ErrorCode, words: Source = contract.errors) =>
  (...messages: (string | RegExp)[]): Refused => ({ status, code, messages, words })

export const badRequest = refusing(400, 'BAD_REQUEST')
export const unauthorized = refusing(401, 'UNAUTHORIZED')
const forbidden = refusing(403, 'FORBIDDEN')
const notFound = refusing(404, 'NOT_FOUND')
export const unsupported = refusing(415, 'UNSUPPORTED_MEDIA_TYPE')
/** Where only the words are ours. */
export const badRequestOfOurs = (row: ChoiceRow, ...messages: (string | RegExp)[]) =>
  refusing(400, 'BAD_REQUEST', choice(row))(...messages)

/** Spelled here once more, not taken from the contract: a slip there must not go unseen. */
export const words = {
  noCredentials: refusing(401, 'UNAUTHORIZED', observed)('Credentials are not specified'),
  accessDenied: refusing(403, 'FORBIDDEN', observed)('Access denied'),
  badOAuth: forbidden('OAuth token is invalid'),
  noScope: (scopes: readonly string[]) =>
    refusing(
      403,
      'FORBIDDEN',
      choice('tail of the scopes sentence'),
    )(`Token does not have any of the scopes to access the API method: ${scopes.join(', ')}`),
  disabled: (businessId: bigint) =>
    refusing(
      403,
      'API_DISABLED',
      observed,
    )(`API for business ${businessId} disabled because it has only disabled partners.`),
  noResource: refusing(404, 'NOT_FOUND', observed)('Resource not found'),
  noChat: (id: string) => notFound(`Can't find chat by id: ${id}`),
  noMessage: (id: string, chatId: bigint) => notFound(`Can't find message by id: ${id} for chat ${chatId}`),
  noOrder: (id: bigint) => notFound(`Order not found: ${id}`),
  noReturn: (id: bigint) => notFound(`Return not found: ${id}`),
  wrongVerb: (verb: string) => refusing(405, 'METHOD_NOT_ALLOWED', observed)(`Request method '${verb}' not supported`),
  badPageToken: badRequest('Bad page token'),
  mismatch: (text: string) => badRequest(`Type mismatch: '${text}'`),
  absent: (name: string) => badRequest(`Required request parameter '${name}' is not present`),
  noBody: badRequest('Required request body is missing'),
  noPart: badRequest("Required request part 'file' is not present"),
  cutOff: badRequest('Unexpected end of content'),
  illegal: (at: string) => badRequest(`Illegal input at ${at}`),
  isNull: (at: string) => badRequest(`${at} must not be null (rejected value: null)`),
  tooLow: (at: string, min: number | bigint, got: string | number | bigint) =>
    badRequest(`${at} must be greater than or equal to ${min} (rejected value: ${got})`),
  tooHigh: (at: string, max: number | bigint, got: string | number | bigint) =>
    badRequest(`${at} must be less than or equal to ${max} (rejected value: ${got})`),
  tooBig: (limit: string, passed: string | undefined) => {
    const sentence = `The request is too big: Maximum allowed request size must be less than ${limit}, but passed `
    return badRequest(passed === undefined ? new RegExp(`^${sentence}`) : sentence + passed)
  },
}
