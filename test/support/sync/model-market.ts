import { BadRequest, NotFound, WireError } from '../../../src/client/errors.ts'
import type {
  CallOptions,
  Chat,
  ChatFilter,
  ChatsSource,
  ListOptions,
  Message,
  Page,
  Pages,
} from '../../../src/client/types.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What the published record leaves open, and what a market may do of it. */
export type ModelWays = {
  /** The message named by `from` is returned again. */
  isFromInclusive: boolean
  isAscending: boolean
  /** The newest page first, each ascending in itself. */
  areNewestPagesFirst: boolean
  /** What a page token of the list remembers: how many rows, or which row was the last. */
  cursor: 'offset' | 'key'
  /** Messages on a page at most, whatever was asked for. */
  pageMax: number
  chatsMax: number
  precisionMs: number
  /** The market's clock against ours. */
  skewMs: number
}

const plainWays: ModelWays = {
  isFromInclusive: true,
  isAscending: true,
  areNewestPagesFirst: false,
  cursor: 'key',
  pageMax: 100,
  chatsMax: 20,
  precisionMs: 1000,
  skewMs: 0,
}

type ModelChat = { chat: Chat; messages: Message[] }

/** `find`: the list, asked for some chats. `look`: a single message. */
export type ModelCall = {
  operation: 'list' | 'find' | 'get' | 'history' | 'look'
  chatId?: bigint
  token: string | undefined
  options: CallOptions | undefined
}

/** A market in memory whose chats a test moves. `around` is given every call and decides when it is served. */
export function makeModelMarket(
  clock: VirtualClock,
  ways: Partial<ModelWays> = {},
  around: <Answer>(call: ModelCall, serve: () => Answer) => Promise<Answer> = async (_call, serve) => serve(),
) {
  const { isFromInclusive, areNewestPagesFirst, cursor, pageMax, chatsMax, precisionMs, skewMs } = {
    ...plainWays,
    ...ways,
  }
  const isAscending = (ways.isAscending ?? plainWays.isAscending) && !areNewestPagesFirst
  const chats = new Map<bigint, ModelChat>()
  const unreadable = new Set<bigint>()
  let lastId = 2n ** 53n + 1n
  const nextId = () => (lastId += 2n)
  let aheadMs = skewMs
  const now = () => new Date(clock.now().getTime() + aheadMs)
  const stamp = () => new Date(Math.floor(now().getTime() / precisionMs) * precisionMs)

  const find = (chatId: unknown): ModelChat => {
    const found = chats.get(BigInt(chatId as bigint)) // whatever the sync names it with
    if (!found) throw new NotFound(refusal('getChat', 404))
    return found
  }

  type Listing = { filter: ChatFilter; token: string | undefined; options: ListOptions | undefined }

  function listPage({ filter, token, options }: Listing): Page<Chat> {
    const { items, ...paging } = allRows(filter, token)
    const readable = items.filter(({ chatId }) => {
      if (!unreadable.has(chatId)) return true
      const why = new WireError({ operation: 'getChats', status: 200, path: 'result.chats[0].type', why: 'is missing' })
      if (!options?.onUnreadable) throw why
      options.onUnreadable(why, chatId)
      return false
    })
    return { items: readable, ...paging }
  }

  function allRows({ limit = 10, contexts }: ChatFilter, token: string | undefined): Page<Chat> {
    const isWanted = ({ context }: Chat) => !contexts || contexts.some(({ id }) => id === context.orderId)
    const rows = [...chats.values()]
      .map(({ chat }) => chat)
      .filter(isWanted)
      .sort(newestFirst)
    const [time = '', id = ''] = (token ?? '').split(':')
    if (token === 'dead') throw new BadRequest(refusal('getChats', 400))
    const isBelow = (chat: Chat) => newestFirst(chat, { updatedAt: new Date(Number(time)), chatId: BigInt(id) }) > 0
    const start = token === undefined ? 0 : cursor === 'offset' ? Number(token) : rows.findIndex(isBelow)
    const end = start < 0 ? 0 : start + Math.min(limit, chatsMax)
    const items = start < 0 ? [] : rows.slice(start, end).map(chat => ({ ...chat }))
    const last = items.at(-1)
    if (!last || end >= rows.length) return { items }
    return { items, nextPageToken: cursor === 'offset' ? `${end}` : `${last.updatedAt.getTime()}:${last.chatId}` }
  }

  function historyPage(chatId: unknown, from: bigint | undefined, limit: number, token: string | undefined) {
    const above = (id: bigint) => from === undefined || (isFromInclusive ? id >= from : id > from)
    const rows = find(chatId).messages.filter(({ messageId }) => above(messageId))
    if (!isAscending) rows.reverse()
    const isAfter = (id: bigint) => token === undefined || (isAscending ? id > BigInt(token) : id < BigInt(token))
    const left = rows.filter(({ messageId }) => isAfter(messageId))
    const items = left.slice(0, Math.min(limit, pageMax))
    const last = items.at(-1)
    if (areNewestPagesFirst) items.reverse()
    return { items, ...(last && left.length > items.length && { nextPageToken: `${last.messageId}` }) }
  }

  const source: ChatsSource = {
    businessId: 7n,
    chats: {
      list: (filter = {}, options) => {
        const operation = filter.contexts ? 'find' : 'list'
        return pagesOf(token => around({ operation, token, options }, () => listPage({ filter, token, options })))
      },
      get: (chatId, options) =>
        around({ operation: 'get', token: undefined, chatId: BigInt(chatId), options }, () => ({
          ...find(chatId).chat,
        })),
    },
    messages: {
      history: (chatId, { limit = 50, from } = {}, options) => {
        const first = from === undefined ? undefined : BigInt(from)
        return pagesOf(token =>
          around({ operation: 'history', token, chatId: BigInt(chatId), options }, () =>
            historyPage(chatId, first, limit, token),
          ),
        )
      },
      get: (chatId, messageId, options) =>
        around({ operation: 'look', token: undefined, chatId: BigInt(chatId), options }, () => {
          const found = find(chatId).messages.find(message => message.messageId === BigInt(messageId))
          if (found) return found
          throw new NotFound(refusal('getChatMessage', 404))
        }),
    },
  }

  return {
    source,
    chats,
    /** Chats whose rows in the list do not fit the published API. */
    unreadable,
    open(createdAt = stamp()): Chat {
      const chatId = nextId()
      const context = { type: 'ORDER', orderId: 2n ** 60n + chatId, campaignId: 3n } as const
      const chat: Chat = { chatId, context, type: 'CHAT', status: 'NEW', createdAt, updatedAt: createdAt }
      chats.set(chatId, { chat, messages: [] })
      return chat
    },
    newId: nextId,
    /** Becomes visible now; an id taken earlier has come late. */
    write({ chat, messages }: ModelChat, { messageId = nextId(), createdAt = stamp(), updatedAt = stamp() } = {}) {
      const message: Message = { messageId, createdAt, sender: 'CUSTOMER', text: `text ${messageId}` }
      messages.push(message)
      messages.sort((a, b) => (a.messageId < b.messageId ? -1 : 1))
      if (updatedAt > chat.updatedAt) chat.updatedAt = updatedAt
      chat.status = 'WAITING_FOR_PARTNER'
      return message
    },
    stamp,
    /** Of the market's clock. */
    now,
    /** Ours is set by so many ms, and the market's is not. */
    setOurClock(byMs: number) {
      clock.set(byMs)
      aheadMs -= byMs
    },
    precisionMs,
  }
}

export type ModelMarket = ReturnType<typeof makeModelMarket>

function newestFirst(a: Pick<Chat, 'updatedAt' | 'chatId'>, b: Pick<Chat, 'updatedAt' | 'chatId'>): number {
  const byTime = b.updatedAt.getTime() - a.updatedAt.getTime()
  return byTime || (a.chatId < b.chatId ? 1 : a.chatId > b.chatId ? -1 : 0)
}

function pagesOf<Item>(page: (token?: string) => Promise<Page<Item>>): Pages<Item> {
  async function* pages() {
    for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
      const got = await page(token)
      yield got
      token = got.nextPageToken
    }
  }
  async function* items() {
    for await (const page of pages()) yield* page.items
  }
  return { page: token => page(token), pages, [Symbol.asyncIterator]: items }
}

export function refusal(operation: string, status: number) {
  return { operation, status, codes: [], messages: [], traceId: undefined }
}
