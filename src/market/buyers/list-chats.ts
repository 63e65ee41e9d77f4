import { Type } from 'typebox'
import { type BusinessId, type ChatId, defineOperation, idFrom, int32 } from '#contract'
import type { Sql } from '#database'
import { type PageTokens, problems } from '#serving'
import { ChatView, chatView } from '../own-apis/views.ts'
import { type CustomerPage, listCustomerChats } from '../store/chats.ts'
import { listBusinessesOf } from '../store/customers.ts'
import { buyerEndpoint, usual } from './buyer.ts'

type Place = NonNullable<CustomerPage['before']>

export const listChatsOfCustomer = buyerEndpoint(
  defineOperation({
    name: 'listChatsOfCustomer',
    verb: 'GET',
    path: '/buyer/v1/chats',
    tag: 'chats',
    summary: 'List chats',
    description: "The customer's chats with every business, the one with the newest message first.",
    scopes: [],
    perHour: 0,
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
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { customerId, query }) => {
    const { pageToken, limit = 0 } = query
    const owner = ['listChatsOfCustomer', customerId]
    const texts = pageToken === undefined ? undefined : pageTokens.open(owner, pageToken)
    if (pageToken !== undefined && !texts) throw problems.misfit('pageToken', 'is not a token of this list')
    const businesses = await listBusinessesOf(sql, customerId)
    const page = { before: texts && placeFromTexts(texts), limit: limit + 1 }
    const rows = await listCustomerChats(sql, customerId, businesses, page)
    const chats = rows.slice(0, limit)
    const last = chats.at(-1)
    const next = rows.length > limit && last ? pageTokens.seal(owner, placeToTexts(last)) : undefined
    return { chats: chats.map(chatView), ...(next && { nextPageToken: next }) }
  },
)

function placeToTexts({ updatedAt, businessId, chatId }: Place): string[] {
  return [`${updatedAt.getTime()}`, `${businessId}`, `${chatId}`]
}

function placeFromTexts([updatedAt = '', businessId = '', chatId = '']: string[]): Place {
  return {
    updatedAt: new Date(Number(updatedAt)),
    businessId: idFrom<BusinessId>(businessId),
    chatId: idFrom<ChatId>(chatId),
  }
}
