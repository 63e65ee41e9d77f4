import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect } from 'react'
import type { BuyerApi } from '#market-protocol'
import { type CallOptions, callServer } from '../../../parts/http/call.ts'
import { useBusinessId } from '../../data/business.ts'
import { followBuyer } from './follow-buyer.ts'

/** The buyer whose phone it is: what their storefront would know of them. */
export type Buyer = { publicId: string; name: string; token: string }

export const BuyerContext = createContext<Buyer>({ publicId: '', name: '', token: '' })
export const useBuyer = () => useContext(BuyerContext)

export type BuyerChat = BuyerApi['listChatsOfCustomer']['answer']['chats'][number]
type ChatsPage = BuyerApi['listChatsOfCustomer']['answer']
type MessagesPage = BuyerApi['listMessagesOfChat']['answer']

const messagesAtATime = 100

/** A token of this customer, as a storefront asks for one. */
export function useToken(publicId: string | undefined) {
  return useQuery({
    queryKey: ['buyer token', publicId],
    queryFn: () =>
      callServer<{ token: string }>('POST /admin/v1/customers/{publicId}/tokens', { params: { publicId } }),
    enabled: publicId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Calls the buyer API as this buyer. */
export function useBuyerCall() {
  const { token } = useBuyer()
  const businessId = useBusinessId()
  return <Answer>(call: string, options: CallOptions = {}) =>
    callServer<Answer>(call, { ...options, token, params: { businessId, ...options.params } })
}

export function useBuyerChats() {
  const { publicId } = useBuyer()
  const businessId = useBusinessId()
  const call = useBuyerCall()
  return useInfiniteQuery({
    queryKey: ['buyer', publicId, 'chats'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call<ChatsPage>('GET /buyer/v1/chats', { signal, query: { pageToken: pageParam, limit: 100 } }),
    getNextPageParam: page => page.nextPageToken,
    select: ({ pages }) => pages.flatMap(page => page.chats).filter(chat => String(chat.businessId) === businessId),
  })
}

/** All messages of a chat, oldest first, read on from the last until there are no more. */
export function useBuyerMessages(chatId: string) {
  const { publicId } = useBuyer()
  const call = useBuyerCall()
  const query = useInfiniteQuery({
    queryKey: ['buyer', publicId, 'messages', chatId],
    initialPageParam: '0',
    queryFn: ({ signal, pageParam }) =>
      call<MessagesPage>('GET /buyer/v1/businesses/{businessId}/chats/{chatId}/messages', {
        signal,
        params: { chatId },
        query: { after: pageParam, limit: messagesAtATime },
      }),
    getNextPageParam: ({ messages }) =>
      messages.length < messagesAtATime ? undefined : String(messages.at(-1)?.messageId),
    select: ({ pages }) => pages.flatMap(page => page.messages),
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return query
}

/** Reads anew what the buyer's own event stream tells of. */
export function useFollowBuyer({ publicId, token }: Buyer): void {
  const client = useQueryClient()
  useEffect(
    () => followBuyer(token, () => void client.invalidateQueries({ queryKey: ['buyer', publicId] })),
    [client, publicId, token],
  )
}
