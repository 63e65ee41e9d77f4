import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ChatRow, Sort, View } from '#desk-protocol'
import { usePages } from '../../parts/list/use-pages.ts'
import { type AnswerOf, callDesk } from './desk-api.ts'
import { keyOf, useDesk } from './reads.ts'
import type { InboxSearch } from './search.ts'

type Page = AnswerOf<'GET /chats'>

export function keyOfChat({ cabinetId, chatId }: Pick<ChatRow, 'cabinetId' | 'chatId'>): string {
  return `${cabinetId}/${chatId}`
}

export type ChatPlace = { cabinetId: string; chatId: string }

export function placeOf(row: Pick<ChatRow, 'cabinetId' | 'chatId'>): ChatPlace {
  return { cabinetId: String(row.cabinetId), chatId: String(row.chatId) }
}

function filtersOf({ cabinetId, campaignId, contextType }: InboxSearch) {
  return { cabinetId, campaignId, contextType }
}

export function viewOf({ view }: InboxSearch): View {
  return view ?? 'waiting'
}

const oldestLast = ['newest', 'oldest'] as const
const sortsByView: Record<View, readonly [Sort, Sort]> = {
  waiting: ['waiting', 'newest'],
  disputes: ['newest', 'waiting'],
  buyer: oldestLast,
  finished: oldestLast,
  all: oldestLast,
}

/** The orders of the view, the usual one first: nobody's wait is longest where nobody waits for us. */
export function sortsOf(search: InboxSearch): readonly [Sort, Sort] {
  return sortsByView[viewOf(search)]
}

export function sortOf(search: InboxSearch): Sort {
  const [usual, other] = sortsOf(search)
  return search.sort === other ? other : usual
}

/** The chats of a view, page by page. */
export function useChats(search: InboxSearch) {
  const query = { view: viewOf(search), sort: sortOf(search), ...filtersOf(search), limit: 50 }
  const queryKey = [...keyOf('GET /chats', { query }), 'pages']
  return usePages<Page, ChatRow>({
    queryKey,
    readPage: (pageToken, signal) => callDesk('GET /chats', { query: { ...query, pageToken } }, { signal }),
    tokenOf: page => page.nextPageToken,
    rowsOf: page => page.chats,
    meta: { topics: ['views'] },
    isOfSame: () => false,
  })
}

export function useCounts(search: InboxSearch) {
  return useDesk('GET /views', { topics: ['views'], isKept: true }, { query: filtersOf(search) }).data?.counts
}

/** Opens the next chat that waits, the longest first; says whether there is one. */
export function useOpenNext(search: InboxSearch) {
  const navigate = useNavigate()
  const client = useQueryClient()
  return useCallback(
    async (after?: ChatPlace): Promise<boolean> => {
      const query = { ...filtersOf(search), after: after && `${after.cabinetId}/${after.chatId}` }
      const { chat } = await client.fetchQuery({
        queryKey: keyOf('GET /chats/next', { query }),
        queryFn: () => callDesk('GET /chats/next', { query }),
        staleTime: 0,
      })
      const kept = { ...search, panel: undefined }
      if (chat) await navigate({ to: '/inbox/$cabinetId/$chatId', params: placeOf(chat), search: kept })
      else await navigate({ to: '/inbox', search: kept })
      return chat !== undefined
    },
    [client, navigate, search],
  )
}
