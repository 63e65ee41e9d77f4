import { askAdminFor } from '../../test/support/admin.ts'
import type { Reply } from '../../test/support/http.ts'
import type { Stage } from './stage.ts'

/** A page as a walker sees it: what is on it, and what to send for the next one. */
type Page = { ids: bigint[]; next: string | undefined }

type Order = 'newest first' | 'oldest first'

/** A list of an API that is read page by page. */
export type Walk = {
  name: string
  /** What it lists: all chats of the business, or the messages of one chat. */
  of: 'chats' | 'messages'
  order: Order
  maxLimit: number
  /** Its filters by status, if it has some. */
  filters: readonly { statuses?: readonly string[] }[]
  /** Whether a page that is not the last may have nothing on it. */
  mayBeEmpty?: true
  read(
    stage: Stage,
    asked: { limit: number; next: string | undefined; filter: { statuses?: readonly string[] } },
  ): Promise<Page>
}

const everything = [{}]
const byStatus = [{}, { statuses: ['WAITING_FOR_CUSTOMER'] }, { statuses: ['WAITING_FOR_PARTNER', 'NEW'] }]

export const walks: readonly Walk[] = [
  {
    ...{ name: 'getChats', of: 'chats', order: 'newest first', maxLimit: 20, filters: byStatus },
    async read({ shop }, { limit, next, filter }) {
      const reply = await shop.call(`/chats?limit=${limit}${next ? `&pageToken=${next}` : ''}`, filter)
      const { result } = bodyOf<{ result: { chats: { chatId: number }[]; paging: { nextPageToken?: string } } }>(reply)
      return { ids: result.chats.map(({ chatId }) => BigInt(chatId)), next: result.paging.nextPageToken }
    },
  },
  {
    ...{ name: 'getChatHistory', of: 'messages', order: 'oldest first', maxLimit: 100, filters: everything },
    async read({ shop, talk }, { limit, next }) {
      const path = `/chats/history?chatId=${talk}&limit=${limit}${next ? `&pageToken=${next}` : ''}`
      const { result } = bodyOf<{ result: { messages: Message[]; paging: { nextPageToken?: string } } }>(
        await shop.call(path, {}),
      )
      return { ids: idsOf(result.messages), next: result.paging.nextPageToken }
    },
  },
  {
    ...{ name: 'listChatsOfCustomer', of: 'chats', order: 'newest first', maxLimit: 100, filters: everything },
    async read({ buyer }, { limit, next }) {
      const reply = await buyer.ask(`GET /chats?limit=${limit}${next ? `&pageToken=${next}` : ''}`)
      const { chats, nextPageToken } = bodyOf<{ chats: { chatId: number }[]; nextPageToken?: string }>(reply)
      return { ids: chats.map(({ chatId }) => BigInt(chatId)), next: nextPageToken }
    },
  },
  {
    ...{ name: 'listMessagesOfChat', of: 'messages', order: 'oldest first', maxLimit: 100, filters: everything },
    async read({ shop, buyer, talk }, { limit, next = '0' }) {
      const path = `/businesses/${shop.businessId}/chats/${talk}/messages?limit=${limit}&after=${next}` as const
      const { messages } = bodyOf<{ messages: Message[] }>(await buyer.ask(`GET ${path}`))
      const ids = idsOf(messages)
      return { ids, next: ids.length < limit ? undefined : `${ids.at(-1)}` }
    },
  },
  {
    ...{
      name: 'listChats',
      mayBeEmpty: true as const,
      of: 'chats' as const,
      order: 'newest first',
      maxLimit: 200,
      filters: byStatus.slice(0, 2),
    },
    async read({ market, shop }, { limit, next, filter: { statuses: [status] = [] } }) {
      const query = `limit=${limit}${next ? `&pageToken=${next}` : ''}${status ? `&status=${status}` : ''}`
      const path = `GET /businesses/${shop.businessId}/chats?${query}` as const
      const { chats, nextPageToken } = await askAdminFor<{ chats: { chatId: number }[]; nextPageToken?: string }>(
        market,
        path,
      )
      return { ids: chats.map(({ chatId }) => BigInt(chatId)), next: nextPageToken }
    },
  },
  {
    ...{ name: 'readMessages', of: 'messages', order: 'newest first', maxLimit: 200, filters: everything },
    async read({ market, shop, talk }, { limit, next }) {
      const path =
        `GET /businesses/${shop.businessId}/chats/${talk}/messages?limit=${limit}${next ? `&before=${next}` : ''}` as const
      const { messages, before } = await askAdminFor<{ messages: Message[]; before?: number }>(market, path)
      return { ids: idsOf(messages).reverse(), next: before === undefined ? undefined : `${before}` }
    },
  },
]

/** As lists are often paged, and must not be: what moves to the front pushes the rest over the edge of the page. */
export const walkByOffset: Walk = {
  ...{ name: 'by offset', of: 'chats', order: 'newest first', maxLimit: 20, filters: everything },
  async read({ market, shop }, { limit, next = '0' }) {
    const rows = await market.sql<{ id: bigint }[]>`
      select chat_id as id from market.chats where business_id = ${shop.businessId}
       order by updated_at desc, chat_id desc limit ${limit} offset ${Number(next)}`
    return { ids: rows.map(({ id }) => id), next: rows.length < limit ? undefined : `${Number(next) + limit}` }
  },
}

type Message = { messageId: number }

const idsOf = (messages: Message[]) => messages.map(({ messageId }) => BigInt(messageId))

function bodyOf<Body>({ status, text, body }: Reply): Body {
  if (status !== 200) throw new Error(`a page was answered ${status} ${text}`)
  return body as Body // as the operation answers
}
