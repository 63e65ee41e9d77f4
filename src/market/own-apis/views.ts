import {
  type BusinessId,
  type CampaignId,
  type ChatId,
  chatContextTypes,
  chatStatuses,
  chatTypes,
  dateTime,
  idOf,
  int32,
  type MessageId,
  type OrderId,
  oneOf,
  onWire,
  type ReturnId,
  type Static,
  senders,
  Type,
} from '#contract'
import { stickerNameOf, stickerNames } from '../chats/stickers.ts'
import type { FileUrl } from '../files/file-url.ts'
import type { ChatKey } from '../store/chat-key.ts'
import type { ChatRow } from '../store/chats.ts'
import type { MessageRow } from '../store/messages.ts'

/** Chats and messages as the admin and buyer APIs show them: in the published words, dates in UTC. */
export const ChatView = Type.Object(
  {
    businessId: idOf<BusinessId>('The business. A chat is addressed by it and chatId together.'),
    chatId: idOf<ChatId>('The chat.'),
    context: Type.Object(
      {
        type: oneOf(chatContextTypes, { description: 'What the chat is about; DIRECT: nothing in particular.' }),
        campaignId: Type.Optional(idOf<CampaignId>('The campaign. Left out for DIRECT.')),
        orderId: Type.Optional(idOf<OrderId>('The order. Left out for DIRECT.')),
        returnId: Type.Optional(idOf<ReturnId>('The return, if the chat is about one.')),
      },
      { title: 'ChatContext' },
    ),
    type: oneOf(chatTypes, { description: 'A conversation, or a dispute.' }),
    status: oneOf(chatStatuses, { description: 'Whose move it is.' }),
    createdAt: dateTime('When the chat was opened, UTC.'),
    updatedAt: dateTime('When the last message was written, UTC; without messages, when the chat was opened.'),
  },
  { title: 'Chat' },
)
export type ChatView = Static<typeof ChatView>

export const MessageView = Type.Object(
  {
    messageId: idOf<MessageId>('The message; rises within a chat.'),
    createdAt: dateTime('When it was written, UTC.'),
    sender: oneOf(senders, { description: 'Who wrote it: shop, customer, automatic, staff.' }),
    kind: oneOf(['text', 'file', 'sticker'], { description: 'Which of the fields below it has.' }),
    text: Type.Optional(Type.String({ description: 'The text; of a sticker, the sign to show.' })),
    sticker: Type.Optional(oneOf(stickerNames, { description: 'The name of a sticker.' })),
    file: Type.Optional(
      Type.Object(
        {
          name: Type.String({ description: 'As its sender called it.' }),
          size: int32({ description: 'In bytes.' }),
          type: Type.String({ description: 'image/png, image/jpeg, image/gif, image/webp, else octet-stream.' }),
          url: Type.String({ description: 'Where to get it, with the same token.' }),
        },
        { title: 'File' },
      ),
    ),
  },
  { title: 'Message' },
)
export type MessageView = Static<typeof MessageView>

export function chatView(chat: ChatRow): ChatView {
  const { businessId, chatId, campaignId, orderId, returnId } = chat
  return {
    businessId,
    chatId,
    context: {
      type: onWire(chat.contextType),
      ...(campaignId !== null && { campaignId }),
      ...(orderId !== null && { orderId }),
      ...(returnId !== null && { returnId }),
    },
    type: onWire(chat.type),
    status: onWire(chat.status),
    createdAt: chat.createdAt.toISOString(),
    updatedAt: chat.updatedAt.toISOString(),
  }
}

export function messageView(message: MessageRow, { businessId, chatId }: ChatKey, fileUrl: FileUrl): MessageView {
  const { messageId, kind } = message
  const base = { messageId, createdAt: message.createdAt.toISOString(), sender: onWire(message.sender), kind }
  if (message.kind === 'file') {
    const url = fileUrl(businessId, chatId, messageId)
    return { ...base, file: { name: message.fileName, size: message.fileSize, type: message.fileType, url } }
  }
  const sticker = message.kind === 'sticker' ? stickerNameOf(message.body) : undefined
  return { ...base, text: message.body, ...(sticker && { sticker }) }
}
