import {
  chatStatuses,
  chatTypes,
  idOf,
  inside,
  int32,
  type MessageId,
  maxInt64,
  oneOf,
  parseInt64,
  type Static,
  Type,
} from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, type PageTokens } from '#serving'
import type { FileUrl } from '../../files/file-url.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { openPageToken } from '../../own-apis/paging.ts'
import { noSuchChat } from '../../own-apis/post-to-chat.ts'
import { MessageView, messageView } from '../../own-apis/views.ts'
import type { AdminChatFilter } from '../../store/chat-lists/filter.ts'
import { listAdminChats } from '../../store/chat-lists/list-chats.ts'
import { findAdminChat } from '../../store/chat-views.ts'
import { type ChatPosition, findChat } from '../../store/chats.ts'
import { listMessagesBefore } from '../../store/messages.ts'
import { nextPageToken, OfBusiness, OfChat, Paging, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'
import { AdminChat, adminChatView } from './chat-view.ts'

const tag = 'chats'
// Whoever looks for what is not there goes on page by page.
const maxLooked = 2_000

const Query = Type.Object({
  status: Type.Optional(oneOf(chatStatuses, { description: 'Only chats in which this is whose move it is.' })),
  isFinished: Type.Optional(Type.Boolean({ description: 'Only chats in which nobody is waited for, or only others.' })),
  type: Type.Optional(oneOf(chatTypes, { description: 'Only conversations, or only disputes.' })),
  isTest: Type.Optional(Type.Boolean({ description: 'Only test chats, or only others.' })),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: "The number of a chat, an order or a return; or how the customer's name begins.",
    }),
  ),
  ...Paging.properties,
})

export const listChats = defineEndpoint(
  defineOwnOperation({
    name: 'listChats',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/chats',
    tag,
    summary: 'List chats',
    description:
      'Newest message first. A page may have fewer chats than asked for, or none, and still a nextPageToken: so much is looked through at a time and no more.',
    params: OfBusiness,
    query: Query,
    response: Type.Object({ chats: Type.Array(AdminChat), nextPageToken }),
    refusals: [...usual, 404],
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { params, query }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const { limit = 0 } = query
    const filter = filterOf(query)
    const owner = ['listChats', businessId, filter]
    const texts = openPageToken(pageTokens, owner, query)
    const page = { before: texts && readPosition(texts), limit: limit + 1, maxLooked }
    const { rows, end } = await listAdminChats(sql, businessId, filter, page)
    const next = rows.length > limit ? rows[limit - 1] : end
    return {
      chats: rows.slice(0, limit).map(adminChatView),
      ...(next && { nextPageToken: pageTokens.seal(owner, serializePosition(next)) }),
    }
  },
)

function filterOf({ status, isFinished, type, isTest, text }: Static<typeof Query>): AdminChatFilter {
  const number = text === undefined ? undefined : parseInt64(text)
  return {
    status: status && inside(status),
    finished: isFinished,
    type: type && inside(type),
    fake: isTest,
    number,
    name: number === undefined ? text : undefined,
  }
}

const serializePosition = ({ updatedAt, chatId }: ChatPosition) => [`${updatedAt.getTime()}`, `${chatId}`]

function readPosition([updatedAt = '', chatId = '']: string[]): ChatPosition {
  return { updatedAt: new Date(Number(updatedAt)), chatId: BigInt(chatId) }
}

export const readChat = defineEndpoint(
  defineOwnOperation({
    name: 'readChat',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}',
    tag,
    summary: 'Read a chat',
    description: 'One chat.',
    params: OfChat,
    response: Type.Object({ chat: AdminChat }),
    refusals: [...usual, 404],
  }),
  async ({ sql }: { sql: Sql }, { params }) => {
    const chat = await findAdminChat(sql, params.businessId, params.chatId)
    if (!chat) throw noSuchChat(params)
    return { chat: adminChatView(chat) }
  },
)

const before = idOf<MessageId>('Send it as before to read what is older. Left out when there is nothing older.')

export const readMessages = defineEndpoint(
  defineOwnOperation({
    name: 'readMessages',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/messages',
    tag,
    summary: 'Read the messages of a chat',
    description: 'The newest ones, oldest of them first.',
    params: OfChat,
    query: Type.Object({
      before: Type.Optional(idOf<MessageId>('Only messages before this one.')),
      limit: Type.Optional(int32({ minimum: 1, maximum: 200, default: 50, description: 'Messages at the most.' })),
    }),
    response: Type.Object({ messages: Type.Array(MessageView), before: Type.Optional(before) }),
    refusals: [...usual, 404],
  }),
  async ({ sql, fileUrl }: { sql: Sql; fileUrl: FileUrl }, { params, query }) => {
    const { businessId, chatId } = params
    const { before = maxInt64, limit = 0 } = query
    if (!(await findChat(sql, businessId, chatId))) throw noSuchChat(params)
    const rows = await listMessagesBefore(sql, businessId, chatId, { before, limit: limit + 1 })
    const page = rows.slice(0, limit).reverse()
    const oldest = page[0]
    return {
      messages: page.map(row => messageView(row, params, fileUrl)),
      ...(rows.length > limit && oldest && { before: oldest.messageId }),
    }
  },
)
