import { formatSize, type Refusal, type RefusalName, refusals } from '../errors.ts'
import type { BusinessId, ChatId, MessageId, OrderId, ReturnId } from '../ids.ts'
import type { Issue } from '../issue.ts'
import { bodyMaxBytes, fileMaxBytes, parallelRequestsDefault, textMaxLength } from '../limits.ts'
import type { Operation } from '../operation.ts'
import type { OperationName } from './index.ts'

/** What a request names, as far as it does. */
export type RefusalFacts = {
  businessId: BusinessId
  chatId: ChatId
  messageId: MessageId
  orderId: OrderId
  returnId: ReturnId
}

export type RefusalRule = {
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
const rule = (isOf: RefusalRule['isOf'], make: Make): RefusalRule => ({ isOf, make })

/** Which operation may answer with which refusal, and how it words it. */
export const refusalRules: Record<RefusalName, RefusalRule> = {
  tooManyPerHour: rule(always, (operation, { businessId }) => refusals.tooManyPerHour(operation, businessId)),
  unavailable: rule(always, refusals.unavailable),
  internal: rule(always, refusals.internal),
  chatClosed: rule(writesToChat, (_, { chatId }) => refusals.chatClosed(chatId)),
  tooManyParallel: rule(always, (_, { businessId }) =>
    refusals.tooManyParallel(parallelRequestsDefault, 'businessId', businessId),
  ),
  keyRevoked: rule(always, refusals.keyRevoked),
  apiDisabled: rule(namesBusiness, (_, { businessId }) => refusals.apiDisabled(businessId)),
  noScope: rule(always, refusals.noScope),
  chatNotFound: rule(has('chatId'), (_, { chatId }) => refusals.chatNotFound(chatId)),
  orderNotFound: rule(opensChat, (_, { orderId }) => refusals.orderNotFound(orderId)),
  returnNotFound: rule(opensChat, (_, { returnId }) => refusals.returnNotFound(returnId)),
  tooBig: rule(isWritten, operation => refusals.tooBig(...sizesOf(operation))),
  fits: rule(hasIds, operation => refusals.fits([issueOf(operation)])),
  badPageToken: rule(has('pageToken'), refusals.badPageToken),
  notForDbs: rule(opensChat, refusals.notForDbs),
  notForTestOrders: rule(opensChat, refusals.notForTestOrders),
  keyInvalid: rule(always, refusals.keyInvalid),
  oauthTokenInvalid: rule(takesOAuth, refusals.oauthTokenInvalid),
  messageNotFound: rule(has('messageId'), (_, { messageId, chatId }) => refusals.messageNotFound(messageId, chatId)),

  accessDenied: rule(hasIds, refusals.accessDenied),
  resourceNotFound: rule(hasIds, refusals.resourceNotFound),
  noCredentials: rule(always, refusals.noCredentials),
  keyNotSpecified: rule(always, refusals.keyNotSpecified),
  keyPrefixInvalid: rule(always, refusals.keyPrefixInvalid),
  keyLengthInvalid: rule(always, refusals.keyLengthInvalid),
  keyFormatInvalid: rule(always, refusals.keyFormatInvalid),
  authorizationSyntax: rule(takesOAuth, refusals.authorizationSyntax),
  oauthTokenNotSpecified: rule(takesOAuth, refusals.oauthTokenNotSpecified),
  oauthCredentialsNotSpecified: rule(takesOAuth, refusals.oauthCredentialsNotSpecified),
  bodyMissing: rule(hasBody, refusals.bodyMissing),
  parameterMissing: rule(has('chatId'), () => refusals.parameterMissing('chatId')),
  partMissing: rule(hasFile, ({ filePart = 'file' }) => refusals.partMissing(filePart)),
  oneFileAllowed: rule(hasFile, refusals.oneFileAllowed),
  typeMismatch: rule(isTyped, () => refusals.typeMismatch('x')),
  unreadable: rule(isWritten, () => refusals.unreadable('Could not parse request body as JSON')),
  parameterFits: rule(has('limit'), () =>
    refusals.parameterFits([{ rule: 'minimum', at: 'limit', bound: 1, rejected: '0' }]),
  ),
  periodTooLong: rule(named('getBusinessOrders'), () =>
    refusals.periodTooLong('dates.creationDateFrom', 'dates.creationDateTo'),
  ),
  idempotencyKeyUnfit: rule(writesToChat, refusals.idempotencyKeyUnfit),
  idempotencyKeyReused: rule(writesToChat, refusals.idempotencyKeyReused),
  contentTypeNotSupported: rule(isWritten, () => refusals.contentTypeNotSupported('text/plain')),
  contentEncodingNotSupported: rule(isWritten, () => refusals.contentEncodingNotSupported('gzip')),
  expectationFailed: rule(always, () => refusals.expectationFailed('x')),
  // Of a path and a verb that no operation has, and of files.
  methodNotSupported: rule(never, () => refusals.methodNotSupported('PUT')),
  linkExpired: rule(never, refusals.linkExpired),
  preconditionFailed: rule(never, refusals.preconditionFailed),
  rangeNotSatisfiable: rule(never, refusals.rangeNotSatisfiable),
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
