import type { ChatRowData } from '../../store/chat-rows.ts'
import type { ThreadMessage } from '../../store/chat-thread.ts'
import { isPicture } from '../files/is-picture.ts'
import type { ChatRow, Message } from '../shapes/chat.ts'

export function rowView(row: ChatRowData): ChatRow {
  const { cabinetId, chatId, type, status, view, lastFiles, unread, hasDraft, openAnswers, troubled } = row
  const { customerName, lastAt, lastSender, lastText, waitingSince, product } = row
  return {
    ...{ cabinetId, chatId, type, status, view, lastFiles, unread, hasDraft, openAnswers, troubled },
    ...(customerName !== null && { customerName }),
    context: contextView(row),
    ...(lastAt && { lastAt: lastAt.toISOString() }),
    ...(lastSender !== null && { lastSender }),
    ...(lastText !== null && { lastText }),
    ...(waitingSince && { waitingSince: waitingSince.toISOString() }),
    ...(product !== null && { product }),
  }
}

function contextView({ contextType: type, orderId, returnId, campaignId }: ChatRowData): ChatRow['context'] {
  return {
    type,
    ...(orderId !== null && { orderId }),
    ...(returnId !== null && { returnId }),
    ...(campaignId !== null && { campaignId }),
  }
}

export function messageView(
  { messageId, createdAt, sender, text, files }: ThreadMessage,
  { cabinetId, chatId }: { cabinetId: bigint; chatId: bigint },
): Message {
  const place = `/desk/v1/files/${cabinetId}/${chatId}/${messageId}`
  return {
    ...{ messageId, createdAt: createdAt.toISOString(), sender },
    ...(text !== null && { text }),
    ...(files.length > 0 && {
      files: files.map(({ position, name, sizeBytes, state, mediaType, why }) => ({
        ...{ name, sizeBytes, state, isPicture: isPicture(mediaType) },
        ...(why !== null && { why }),
        ...(state === 'kept' && { url: `${place}/${position}/${encodeURIComponent(name)}` }),
      })),
    }),
  }
}
