import { formatSize, type Refusal, type RefusalName, refusals } from './errors.ts'
import type { BusinessId, ChatId, MessageId, OrderId, ReturnId } from './ids.ts'
import type { Issue } from './issue.ts'
import { bodyMaxBytes, fileMaxBytes, parallelRequestsDefault, textMaxLength } from './limits.ts'
import type { Operation } from './operation.ts'
import type { OperationName } from './operations/index.ts'

/** Refusals come about in production by themselves, or only because the program that asks is wrong. */
export type RefusalCause = 'production' | 'program'

/** What a request names, as far as it does. */
export type RefusalFacts = {
  businessId: BusinessId
  chatId: ChatId
  messageId: MessageId
  orderId: OrderId
  returnId: ReturnId
}

export type RefusalRule = {
  cause: RefusalCause
  /** Whether this operation may be refused with it. */
  isOf(operation: Operation): boolean
  /** The refusal in the words that this operation has for it. */
  make(operation: Operation, facts: RefusalFacts): Refusal
}

const always = () => true
const never = () => false
const hasIds = ({ params }: Operation) => params !== undefined
const namesBusiness = ({ params }: Operation) => params?.properties['businessId'] !== undefined
const has = (name: string) => (operation: Operation) => operation.query?.properties[name] !== undefined
const hasBody = ({ body }: Operation) => body !== undefined
const hasFile = ({ filePart }: Operation) => filePart !== undefined
const isWritten = (operation: Operation) => hasBody(operation) || hasFile(operation)
const isTyped = (operation: Operation) => hasIds(operation) || has('limit')(operation)
const takesOAuth = ({ apiKeyOnly }: Operation) => !apiKeyOnly
const named =
  (...names: OperationName[]) =>
  ({ name }: Operation) =>
    names.some(known => known === name)
const writesToChat = named('sendMessageToChat', 'sendFileToChat')
const opensChat = named('createChat')

type Make = RefusalRule['make']
const production = (isOf: RefusalRule['isOf'], make: Make): RefusalRule => ({ cause: 'production', isOf, make })
const program = (isOf: RefusalRule['isOf'], make: Make): RefusalRule => ({ cause: 'program', isOf, make })

/** Which operation may answer with which refusal. What breaks programs in production most stands first. */
export const refusalRules: Record<RefusalName, RefusalRule> = {
  tooManyPerHour: production(always, (operation, { businessId }) => refusals.tooManyPerHour(operation, businessId)),
  unavailable: production(always, refusals.unavailable),
  internal: production(always, refusals.internal),
  chatClosed: production(writesToChat, (_, { chatId }) => refusals.chatClosed(chatId)),
  tooManyParallel: production(always, (_, { businessId }) =>
    refusals.tooManyParallel(parallelRequestsDefault, 'businessId', businessId),
  ),
  keyRevoked: production(always, refusals.keyRevoked),
  apiDisabled: production(namesBusiness, (_, { businessId }) => refusals.apiDisabled(businessId)),
  noScope: production(always, refusals.noScope),
  chatNotFound: production(has('chatId'), (_, { chatId }) => refusals.chatNotFound(chatId)),
  orderNotFound: production(opensChat, (_, { orderId }) => refusals.orderNotFound(orderId)),
  returnNotFound: production(opensChat, (_, { returnId }) => refusals.returnNotFound(returnId)),
  tooBig: production(isWritten, operation => refusals.tooBig(...sizesOf(operation))),
  fits: production(hasIds, operation => refusals.fits([issueOf(operation)])),
  badPageToken: production(has('pageToken'), refusals.badPageToken),
  notForDbs: production(opensChat, refusals.notForDbs),
  notForTestOrders: production(opensChat, refusals.notForTestOrders),
  keyInvalid: production(always, refusals.keyInvalid),
  oauthTokenInvalid: production(takesOAuth, refusals.oauthTokenInvalid),
  messageNotFound: production(has('messageId'), (_, { messageId, chatId }) =>
    refusals.messageNotFound(messageId, chatId),
  ),

  accessDenied: program(hasIds, refusals.accessDenied),
  resourceNotFound: program(hasIds, refusals.resourceNotFound),
  noCredentials: program(always, refusals.noCredentials),
  keyNotSpecified: program(always, refusals.keyNotSpecified),
  keyPrefixInvalid: program(always, refusals.keyPrefixInvalid),
  keyLengthInvalid: program(always, refusals.keyLengthInvalid),
  keyFormatInvalid: program(always, refusals.keyFormatInvalid),
  authorizationSyntax: program(takesOAuth, refusals.authorizationSyntax),
  oauthTokenNotSpecified: program(takesOAuth, refusals.oauthTokenNotSpecified),
  oauthCredentialsNotSpecified: program(takesOAuth, refusals.oauthCredentialsNotSpecified),
  bodyMissing: program(hasBody, refusals.bodyMissing),
  parameterMissing: program(has('chatId'), () => refusals.parameterMissing('chatId')),
  partMissing: program(hasFile, ({ filePart = 'file' }) => refusals.partMissing(filePart)),
  oneFileAllowed: program(hasFile, refusals.oneFileAllowed),
  typeMismatch: program(isTyped, () => refusals.typeMismatch('x')),
  unreadable: program(isWritten, () => refusals.unreadable('Could not parse request body as JSON')),
  parameterFits: program(has('limit'), () =>
    refusals.parameterFits([{ rule: 'minimum', at: 'limit', bound: 1, rejected: '0' }]),
  ),
  periodTooLong: program(named('getBusinessOrders'), () =>
    refusals.periodTooLong('dates.creationDateFrom', 'dates.creationDateTo'),
  ),
  idempotencyKeyUnfit: program(writesToChat, refusals.idempotencyKeyUnfit),
  idempotencyKeyReused: program(writesToChat, refusals.idempotencyKeyReused),
  contentTypeNotSupported: program(isWritten, () => refusals.contentTypeNotSupported('text/plain')),
  contentEncodingNotSupported: program(isWritten, () => refusals.contentEncodingNotSupported('gzip')),
  expectationFailed: program(always, () => refusals.expectationFailed('x')),
  // Of a path and a verb that no operation has, and of files.
  methodNotSupported: program(never, () => refusals.methodNotSupported('PUT')),
  linkExpired: production(never, refusals.linkExpired),
  preconditionFailed: program(never, refusals.preconditionFailed),
  rangeNotSatisfiable: program(never, refusals.rangeNotSatisfiable),
}

function sizesOf(operation: Operation): [limit: string, passed: string] {
  const max = hasFile(operation) ? fileMaxBytes : bodyMaxBytes
  return [formatSize(max), formatSize(2 * max)]
}

/** Of what an operator writes, that it is too long. */
function issueOf({ name, params }: Operation): Issue {
  return name === 'sendMessageToChat'
    ? { rule: 'length', at: 'message', min: 1, max: textMaxLength, isEmpty: false }
    : { rule: 'minimum', at: Object.keys(params?.properties ?? {}).join(), bound: 1, rejected: '0' }
}
