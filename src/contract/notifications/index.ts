import { type Static, Type } from 'typebox'
import type { BusinessId, ChatId } from '../ids.ts'
import { dateTime, idOf, oneOf } from '../schema.ts'

/** The notifications about chats, Market -> shop; PING asks only for an answer. */
export const notificationTypes = [
  'PING',
  'CHAT_CREATED',
  'CHAT_MESSAGE_SENT',
  'CHAT_ARBITRAGE_STARTED',
  'CHAT_ARBITRAGE_FINISHED',
] as const
export type NotificationType = (typeof notificationTypes)[number]

const businessId = idOf<BusinessId>('The id of the cabinet.')
const chatId = idOf<ChatId>('The id of the chat.', {})
const when = (what: string) => dateTime(`When ${what}, in UTC with a fraction of a second.`)
const typeOf = <Name extends NotificationType>(name: Name) => oneOf([name])

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

/** How long a shop may take, and what it must answer with status 200. */
export const answerTimeoutMs = 10_000
export const pingTimeoutMs = 1_000

export const NotificationAnswer = Type.Object({
  version: Type.String({ minLength: 1, maxLength: 100, description: "Version of the shop's integration." }),
  name: Type.String({ minLength: 1, maxLength: 100, description: "Name of the shop's integration." }),
  time: dateTime('When the shop began to work on the notification, in UTC.'),
})
export type NotificationAnswer = Static<typeof NotificationAnswer>

export const notificationErrorTypes = ['UNKNOWN', 'WRONG_EVENT_FORMAT', 'DUPLICATED_EVENT'] as const

/** What a shop answers with status 400 (final) or 500 (to be tried again). */
export const NotificationError = Type.Object({
  error: Type.Optional(
    Type.Object({
      type: Type.Optional(oneOf(notificationErrorTypes)),
      message: Type.Optional(Type.String()),
    }),
  ),
})

export * from './events.ts'
export * from './failures.ts'
export * from './sources.ts'
