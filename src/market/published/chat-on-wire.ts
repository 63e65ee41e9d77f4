import { type BusinessId, type ChatId, type ChatInfo, type ChatMessage, onWire, restDate } from '#contract'
import type { FileUrl } from '../files/file-url.ts'
import type { ChatRow } from '../store/chats.ts'
import type { MessageRow } from '../store/messages.ts'

/** Rows in the form of the wire. A field without a value is left out. */
export function contextOf(chat: ChatRow): ChatInfo['context'] {
  return {
    type: onWire(chat.contextType),
    customer: { name: chat.customerName, publicId: chat.customerPublicId },
    ...(chat.campaignId !== null && { campaignId: chat.campaignId }),
    ...(chat.orderId !== null && { orderId: chat.orderId }),
    ...(chat.returnId !== null && { returnId: chat.returnId }),
  }
}

export function chatInfo(chat: ChatRow): ChatInfo {
  return {
    chatId: chat.chatId,
    ...(chat.orderId !== null && { orderId: chat.orderId }),
    context: contextOf(chat),
    type: onWire(chat.type),
    status: onWire(chat.status),
    createdAt: restDate(chat.createdAt),
    updatedAt: restDate(chat.updatedAt),
  }
}

export function chatMessage(message: MessageRow, { businessId, chatId }: ChatOf, fileUrl: FileUrl): ChatMessage {
  const { messageId, sender } = message
  const base = { messageId, createdAt: restDate(message.createdAt), sender: onWire(sender) }
  if (message.kind !== 'file') return { ...base, message: message.body }
  const url = fileUrl(businessId, chatId, messageId)
  return { ...base, payload: [{ name: message.fileName, url, size: message.fileSize }] }
}

type ChatOf = { businessId: BusinessId; chatId: ChatId }
