/** The notifications about chats, Market -> shop; PING asks only for an answer. */
export const notificationTypes = [
  'PING',
  'CHAT_CREATED',
  'CHAT_MESSAGE_SENT',
  'CHAT_ARBITRAGE_STARTED',
  'CHAT_ARBITRAGE_FINISHED',
] as const
export type NotificationType = (typeof notificationTypes)[number]

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

type EventOf = { [Event in ChatEventType as (typeof notificationTypeOf)[Event]]: Event }

const eventOf: EventOf = {
  CHAT_CREATED: 'chat_created',
  CHAT_MESSAGE_SENT: 'message_sent',
  CHAT_ARBITRAGE_STARTED: 'dispute_started',
  CHAT_ARBITRAGE_FINISHED: 'dispute_finished',
}

/** The types to subscribe to. */
export const chatNotificationTypes: readonly ChatNotificationType[] = chatEvents.map(event => notificationTypeOf[event])

/** The server's name of what a published type tells of. */
export function eventOfType(type: ChatNotificationType): ChatEventType {
  return eventOf[type]
}
