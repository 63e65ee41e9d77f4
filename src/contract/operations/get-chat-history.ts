import type { MessageId, OrderId } from '../ids.ts'
import { historyPageDefault, historyPageMax } from '../limits.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { idOf } from '../schema.ts'
import { readingChats } from '../scopes.ts'
import { ChatFullContext } from '../shapes/chat.ts'
import { responseOf } from '../shapes/envelope.ts'
import { ChatMessage } from '../shapes/message.ts'
import { ForwardPaging, pageLimit, pageToken } from '../shapes/paging.ts'
import { Type } from '../type.ts'
import { businessId, chatId, pageTokenAlias } from './parameters.ts'

export const getChatHistory = defineOperation({
  name: 'getChatHistory',
  verb: 'POST',
  path: '/v2/businesses/{businessId}/chats/history',
  tag: 'chats',
  summary: 'Read the messages of a chat',
  description: 'Messages of a chat, oldest first. messageIdFrom itself is returned again.',
  scopes: readingChats,
  perHour: 10_000,
  params: Type.Object({ businessId }),
  query: Type.Object({ chatId, pageToken, limit: pageLimit(historyPageMax, historyPageDefault) }),
  aliases: pageTokenAlias,
  body: Type.Object(
    { messageIdFrom: Type.Optional(idOf<MessageId>('The message from which to read on.')) },
    { title: 'GetChatHistoryRequest' },
  ),
  response: responseOf(
    'GetChatHistoryResponse',
    Type.Object(
      {
        orderId: Type.Optional(idOf<OrderId>('The order. Read context.orderId instead.', { deprecated: true })),
        context: ChatFullContext,
        messages: Type.Array(ChatMessage),
        paging: Type.Optional(ForwardPaging),
      },
      { title: 'ChatMessagesResultDTO' },
    ),
  ),
  refusals: [...commonRefusals, 404],
})
