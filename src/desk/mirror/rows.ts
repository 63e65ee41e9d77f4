import type { Chat, Message } from '#client'
import { senders } from '#contract'
import { keptText } from '../cabinets/kept-text.ts'
import { printOf } from '../cabinets/print.ts'
import type { MirroredChat } from '../store/mirrored-chats.ts'
import type { MirroredMessage, PrintedMessage } from '../store/mirrored-messages.ts'

const [shop] = senders

export function rowOfChat({ context, ...chat }: Chat): MirroredChat {
  const { type: contextType, orderId, returnId, campaignId, customer } = context
  return {
    ...{ chatId: chat.chatId, type: keptWord(chat.type), status: keptWord(chat.status) },
    ...{ createdAt: chat.createdAt, updatedAt: chat.updatedAt, contextType: keptWord(contextType) },
    ...{ orderId: orderId ?? null, returnId: returnId ?? null, campaignId: campaignId ?? null },
    customerName: keptOrNull(customer?.name),
    customerPublicId: keptOrNull(customer?.publicId),
  }
}

/** The chat as it was put: the mirror compares it with what the market says. */
export function chatOfRow(row: MirroredChat): Chat {
  const { contextType, orderId, returnId, campaignId, customerName, customerPublicId } = row
  const customer = {
    ...(customerName !== null && { name: customerName }),
    ...(customerPublicId !== null && { publicId: customerPublicId }),
  }
  const context = {
    type: contextType,
    ...(customerName !== null || customerPublicId !== null ? { customer } : {}),
    ...(orderId !== null && { orderId }),
    ...(returnId !== null && { returnId }),
    ...(campaignId !== null && { campaignId }),
  }
  const { chatId, type, status, createdAt, updatedAt } = row
  return { chatId, context, type, status, createdAt, updatedAt }
}

export function rowOfMessage({ messageId, createdAt, sender, text, files }: Message): PrintedMessage {
  const kept = files?.map(file => ({ ...file, name: keptText(file.name), url: keptText(file.url) }))
  const row = { messageId, createdAt, sender: keptWord(sender), text: keptOrNull(text), files: kept ?? null }
  return { ...row, print: sender === shop ? printOfMessage(row) : null }
}

export function messageOfRow({ text, files, ...row }: MirroredMessage): Message {
  return { ...row, ...(text !== null && { text }), ...(files !== null && { files }) }
}

/** The API sends one file in a message. */
function printOfMessage({ text, files }: MirroredMessage): string | null {
  const [file] = files ?? []
  if (file) return printOf({ file })
  return text === null ? null : printOf({ text })
}

// Words stand in indexes, which take no long ones.
const wordMaxLength = 100
const keptWord = (word: string) => keptText(word.slice(0, wordMaxLength))

const keptOrNull = (text: string | undefined) => (text === undefined ? null : keptText(text))
