import type { BusinessId, ChatId } from '../ids.ts'
import { dateTime, idOf, oneOf } from '../schema.ts'
import { Type } from '../type.ts'
import type { NotificationType } from './events.ts'

const businessId = idOf<BusinessId>('The id of the business.')
const chatId = idOf<ChatId>('The id of the chat.', {})
const when = (what: string) => dateTime(`When ${what}, in UTC with a fraction of a second.`)
const typeOf = <Name extends NotificationType>(name: Name) => oneOf([name])

/** The body of each notification, as a shop receives it. */
export const notifications = {
  PING: Type.Object({ notificationType: typeOf('PING'), time: when('the notification was made') }),
  CHAT_CREATED: Type.Object({
    notificationType: typeOf('CHAT_CREATED'),
    businessId,
    chatId,
    createdAt: when('the chat was created'),
  }),
  CHAT_MESSAGE_SENT: Type.Object({
    notificationType: typeOf('CHAT_MESSAGE_SENT'),
    businessId,
    chatId,
    messageId: Type.String({ description: 'The id of the message. Here it is a string.' }),
    sentAt: when('the message was sent'),
  }),
  CHAT_ARBITRAGE_STARTED: Type.Object({
    notificationType: typeOf('CHAT_ARBITRAGE_STARTED'),
    businessId,
    chatId,
    startedAt: when('the dispute was opened'),
  }),
  CHAT_ARBITRAGE_FINISHED: Type.Object({
    notificationType: typeOf('CHAT_ARBITRAGE_FINISHED'),
    businessId,
    chatId,
    finishedAt: when('the dispute was finished'),
  }),
} as const satisfies Record<NotificationType, unknown>
