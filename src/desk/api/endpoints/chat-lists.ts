import type { Sql } from '#database'
import { type PageTokens, problems } from '#serving'
import {
  type AnyView,
  type ChatFilters,
  countViews,
  findNextWaiting,
  listChatRows,
  type Place,
  type Sort,
} from '../../store/chat-lists.ts'
import type { ChatRowData } from '../../store/chat-rows.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/inbox.ts'
import { rowView } from './row-view.ts'

type Needs = { sql: Sql }
type Paging = Needs & { pageTokens: PageTokens }

export const readViews = personalEndpoint(operations.readViews, async ({ sql }: Needs, { query }) => ({
  counts: await countViews(sql, query),
}))

export const listChats = personalEndpoint(
  operations.listChats,
  async ({ sql, pageTokens }: Paging, { query, session: { accountId } }) => {
    const { view = 'waiting', cabinetId, campaignId, contextType, limit = 50 } = query
    const filters: ChatFilters = { cabinetId, campaignId, contextType }
    const sort = sortOf(view, query.sort)
    const owner = ['listChats', view, sort, cabinetId ?? 0n, campaignId ?? 0n, contextType ?? '']
    const after = openPlace(pageTokens, owner, query.pageToken)
    const [rows, counts, inView] = await Promise.all([
      listChatRows(sql, { accountId, view, filters, sort, after, limit: limit + 1 }),
      countViews(sql, filters),
      isNarrowed(filters) ? countViews(sql, { cabinetId }) : undefined,
    ])
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      ...{ chats: page.map(rowView), total: counts[view], inView: (inView ?? counts)[view] },
      ...(last && { nextPageToken: pageTokens.seal(owner, placeOf(last, sort)) }),
    }
  },
)

/** The orders of a view, the usual one first. Where nobody waits for the shop there is no longest wait. */
const sortsOf: Record<AnyView, readonly [Sort, Sort]> = {
  waiting: ['waiting', 'newest'],
  disputes: ['newest', 'waiting'],
  buyer: ['newest', 'oldest'],
  finished: ['newest', 'oldest'],
  all: ['newest', 'oldest'],
}

function sortOf(view: AnyView, asked: Sort | undefined): Sort {
  const [usual, other] = sortsOf[view]
  return asked === other ? other : usual
}

const isNarrowed = ({ campaignId, contextType }: ChatFilters) => campaignId !== undefined || contextType !== undefined

const placeOf = (row: ChatRowData, sort: Sort) => [
  sort === 'waiting' ? row.longestKey : row.newestKey,
  `${row.cabinetId}`,
  `${row.chatId}`,
]

function openPlace(pageTokens: PageTokens, owner: readonly unknown[], pageToken: string | undefined) {
  if (pageToken === undefined) return undefined
  const [key, cabinetId, chatId] = pageTokens.open(owner, pageToken) ?? []
  if (key === undefined || cabinetId === undefined || chatId === undefined)
    throw problems.misfit('pageToken', 'is not a token of this list')
  return { key, cabinetId: BigInt(cabinetId), chatId: BigInt(chatId) } satisfies Place
}

export const nextChat = personalEndpoint(
  operations.nextChat,
  async ({ sql }: Needs, { query, session: { accountId } }) => {
    const { cabinetId, campaignId, contextType } = query
    const filters = { cabinetId, campaignId, contextType }
    const row = await findNextWaiting(sql, { accountId, filters, after: readAfter(query.after) })
    return row ? { chat: rowView(row) } : {}
  },
)

function readAfter(after: string | undefined) {
  if (after === undefined) return undefined
  const [, cabinetId, chatId] = /^(\d{1,18})\/(\d{1,18})$/.exec(after) ?? []
  if (cabinetId === undefined || chatId === undefined) throw problems.misfit('after', 'must be cabinetId/chatId')
  return { cabinetId: BigInt(cabinetId), chatId: BigInt(chatId) }
}
