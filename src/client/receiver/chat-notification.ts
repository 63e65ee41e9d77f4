import type { ChatNotificationType } from '../types.ts'

/** Something has happened in a chat. Read through the API what it was. */
export type ChatNotification = {
  /** By its published name. */
  type: ChatNotificationType
  businessId: bigint
  chatId: bigint
  /** Of a message that was sent. */
  messageId?: bigint
  /** When it happened. */
  at: Date
}

export type MessageNotification = ChatNotification & { messageId: bigint }

/** A notification as it was received; integers beyond 2^53 are bigint. */
export type NotificationBody = Readonly<Record<string, unknown>>
