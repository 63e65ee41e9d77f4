import { notificationDate } from '../dates.ts'
import type { BusinessId, ChatId, MessageId } from '../ids.ts'
import { serializeJson } from '../json.ts'
import { type ChatEventType, type NotificationType, notificationTypeOf } from './events.ts'

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
