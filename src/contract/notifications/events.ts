import { notificationDate } from '../dates.ts'
import type { BusinessId, ChatId, MessageId } from '../ids.ts'
import { serializeJson } from '../json.ts'
import type { NotificationType } from './index.ts'

/** What a shop can subscribe to, as the server names it, in the order in which one moment's events are told. */
export const chatEvents = ['chat_created', 'dispute_finished', 'dispute_started', 'message_sent'] as const
export type ChatEventType = (typeof chatEvents)[number]

/** Every notification type but PING, which nobody subscribes to. */
export type ChatNotificationType = Exclude<NotificationType, 'PING'>

export const notificationTypeOf = {
  chat_created: 'CHAT_CREATED',
  message_sent: 'CHAT_MESSAGE_SENT',
  dispute_started: 'CHAT_ARBITRAGE_STARTED',
  dispute_finished: 'CHAT_ARBITRAGE_FINISHED',
} as const satisfies Record<ChatEventType, ChatNotificationType>

const eventOf = new Map<ChatNotificationType, ChatEventType>(
  chatEvents.map(event => [notificationTypeOf[event], event]),
)

/** The types to subscribe to, as the wire spells them. */
export const chatNotificationTypes: readonly ChatNotificationType[] = [...eventOf.keys()]

/** The server's name of what a published type tells of. */
export function eventOfType(type: ChatNotificationType): ChatEventType {
  const event = eventOf.get(type)
  if (event === undefined) throw new Error(`no event is told by ${type}`)
  return event
}

type ChatEventFacts = {
  type: ChatEventType
  businessId: BusinessId
  chatId: ChatId
  /** Of message_sent alone. */
  messageId: MessageId | null
  happenedAt: Date
}

/** The body of a notification, as JSON. */
export function serializeNotification({ type, businessId, chatId, messageId, happenedAt }: ChatEventFacts): string {
  const head = { notificationType: notificationTypeOf[type], businessId, chatId }
  const at = notificationDate(happenedAt)
  switch (type) {
    case 'chat_created':
      return serializeJson({ ...head, createdAt: at })
    case 'message_sent':
      return serializeJson({ ...head, messageId: `${messageId}`, sentAt: at })
    case 'dispute_started':
      return serializeJson({ ...head, startedAt: at })
    case 'dispute_finished':
      return serializeJson({ ...head, finishedAt: at })
  }
}

/** The body of a PING, as JSON. */
export function serializePing(now: Date): string {
  return serializeJson({ notificationType: 'PING' satisfies NotificationType, time: notificationDate(now) })
}
