import { type BusinessId, type ChatId, idFrom, int32, Type } from '#contract'
import type { Sql } from '#database'
import type { PageTokens } from '#serving'
import { defineOwnOperation } from '../own-apis/own-operation.ts'
import { cutPage, openPageToken } from '../own-apis/paging.ts'
import { ChatView, chatView } from '../own-apis/views.ts'
import { type CustomerPage, listCustomerChats } from '../store/customers/customer-chats.ts'
import { listBusinessesOf } from '../store/customers.ts'
import type { Layout } from '../store/layout.ts'
import { buyerEndpoint, usual } from './buyer.ts'

type Position = NonNullable<CustomerPage['before']>

export const listChatsOfCustomer = buyerEndpoint(
  defineOwnOperation({
    name: 'listChatsOfCustomer',
    verb: 'GET',
    path: '/buyer/v1/chats',
    tag: 'chats',
    summary: 'List chats',
    description: "The customer's chats with every business, the one with the newest message first.",
    query: Type.Object({
      pageToken: Type.Optional(Type.String({ description: 'nextPageToken of the page before.' })),
      limit: Type.Optional(
        int32({ minimum: 1, maximum: 100, default: 20, description: 'Chats on a page at the most.' }),
      ),
    }),
    response: Type.Object({
      chats: Type.Array(ChatView),
      nextPageToken: Type.Optional(Type.String({ description: 'Left out on the last page.' })),
    }),
    refusals: usual,
  }),
  async ({ sql, layout, pageTokens }: { sql: Sql; layout: Layout; pageTokens: PageTokens }, { customerId, query }) => {
    const { pageToken, limit = 0 } = query
    const owner = ['listChatsOfCustomer', customerId]
    const texts = openPageToken(pageTokens, owner, { pageToken })
    const businesses = await listBusinessesOf(sql, customerId)
    const asked = { before: texts && readPosition(texts), limit: limit + 1 }
    const { page, last } = cutPage(await listCustomerChats({ sql, layout }, customerId, businesses, asked), limit)
    return {
      chats: page.map(chatView),
      ...(last && { nextPageToken: pageTokens.seal(owner, serializePosition(last)) }),
    }
  },
)

function serializePosition({ updatedAt, businessId, chatId }: Position): string[] {
  return [`${updatedAt.getTime()}`, `${businessId}`, `${chatId}`]
}

function readPosition([updatedAt = '', businessId = '', chatId = '']: string[]): Position {
  return {
    updatedAt: new Date(Number(updatedAt)),
    businessId: idFrom<BusinessId>(businessId),
    chatId: idFrom<ChatId>(chatId),
  }
}
