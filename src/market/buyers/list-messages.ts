import { idOf, int32, type MessageId, maxInt64, Type } from '#contract'
import type { Sql } from '#database'
import type { FileUrl } from '../files/file-url.ts'
import { defineOwnOperation } from '../own-apis/own-operation.ts'
import { MessageView, messageView } from '../own-apis/views.ts'
import { listMessages } from '../store/messages.ts'
import { buyerEndpoint, OfChat, requireChat, usual } from './buyer.ts'

export const listMessagesOfChat = buyerEndpoint(
  defineOwnOperation({
    name: 'listMessagesOfChat',
    verb: 'GET',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/messages',
    tag: 'messages',
    summary: 'Read messages',
    description: 'Oldest first. To read on, give the last messageId as after; an answer without messages is the end.',
    params: OfChat,
    query: Type.Object({
      after: Type.Optional(
        idOf<MessageId>('Only messages after this one. Without it: from the first.', { minimum: 0 }),
      ),
      limit: Type.Optional(int32({ minimum: 1, maximum: 100, default: 50, description: 'Messages at the most.' })),
    }),
    response: Type.Object({ messages: Type.Array(MessageView) }),
    refusals: [...usual, 404],
  }),
  async ({ sql, fileUrl }: { sql: Sql; fileUrl: FileUrl }, { customerId, params, query }) => {
    const { businessId, chatId } = await requireChat(sql, params, customerId)
    const { after = 0n, limit = 0 } = query
    if (after >= maxInt64) return { messages: [] }
    const rows = await listMessages(sql, businessId, chatId, { from: after + 1n, limit })
    return { messages: rows.map(row => messageView(row, params, fileUrl)) }
  },
)
