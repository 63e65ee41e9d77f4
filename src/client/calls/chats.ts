import { type BodyOf, chatsPageMax, openableContextTypes } from '#contract'
import type { Caller } from '../http/caller.ts'
import { someOf, takeId, takeLimit } from '../input.ts'
import type { About, CallOptions, Chat, ChatFilter, IdLike, ListOptions, Pages } from '../types.ts'
import { chatFromWire } from './from-wire.ts'
import { makePages, pageOf, pageQuery } from './pages.ts'

export type Chats = {
  /** getChats: chats by their newest message, the newest first. Filters join by AND, their values by OR. */
  list(filter?: ChatFilter, options?: ListOptions): Pages<Chat>
  /** getChat. */
  get(chatId: IdLike, options?: CallOptions): Promise<Chat>
  /** createChat: the id of the chat about an order or a return. If there is none, it is opened. */
  open(about: About, options?: CallOptions): Promise<bigint>
  /** The chat about an order or a return; opened only if the list has none. */
  findOrOpen(about: About, options?: CallOptions): Promise<Chat>
}

const [order, returned] = openableContextTypes

export function makeChats(caller: Caller, businessId: bigint): Chats {
  const params = { businessId }
  const list: Chats['list'] = (filter = {}, { onUnreadable, ...options } = {}) => {
    const body = filterOf(filter)
    const limit = takeLimit(filter.limit, chatsPageMax)
    const read = async (token?: string) => {
      const query = pageQuery(limit, token)
      const { chats, paging } = await caller.result('getChats', { params, query, body, onUnreadable }, options)
      return pageOf(chats.map(chatFromWire), paging)
    }
    return makePages({ operation: 'getChats', pagingAt: 'result.paging', read })
  }
  const get: Chats['get'] = async (chatId, options) =>
    chatFromWire(await caller.result('getChat', { params, query: { chatId: takeId(chatId, 'chatId') } }, options))
  const open: Chats['open'] = async (about, options) => {
    const { chatId } = await caller.result('createChat', { params, body: { context: contextOf(about) } }, options)
    return chatId
  }
  const findOrOpen: Chats['findOrOpen'] = async (about, options) => {
    const { items } = await list({ contexts: [contextOf(about)] }, options).page()
    return items[0] ?? get(await open(about, options), options)
  }
  return { list, get, open, findOrOpen }
}

function contextOf(about: About) {
  if ('order' in about) return { type: order, id: takeId(about.order, 'order') }
  return { type: returned, id: takeId(about.return, 'return') }
}

function filterOf({ statuses, types, contextTypes, contexts }: ChatFilter): BodyOf<'getChats'> {
  return {
    ...(statuses && { statuses: someOf(statuses, 'statuses') }),
    ...(types && { types: someOf(types, 'types') }),
    ...(contextTypes && { contextTypes: someOf(contextTypes, 'contextTypes') }),
    ...(contexts && { contexts: someOf(contexts, 'contexts').map(({ type, id }) => ({ type, id: takeId(id, 'id') })) }),
  }
}
