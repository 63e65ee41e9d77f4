import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect } from 'react'
import { followEvents } from '../../../parts/events/follow-events.ts'
import { useBusinessId } from '../../data/business.ts'
import { readCustomerToken } from '../../data/customer-api.ts'
import { type BuyerAnswerOf, type BuyerCall, type BuyerSent, callBuyer } from '../../data/market.ts'

/** The buyer whose phone it is, as their storefront would know them. */
export type Buyer = { publicId: string; name: string; token: string }

export const BuyerContext = createContext<Buyer>({ publicId: '', name: '', token: '' })
export const useBuyer = () => useContext(BuyerContext)

export type BuyerChat = BuyerAnswerOf<'GET /chats'>['chats'][number]

const messagesAtATime = 100

export function useToken(publicId: string) {
  return useQuery({
    queryKey: ['buyer token', publicId],
    queryFn: () => readCustomerToken(publicId),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Calls the buyer API as this buyer; `{businessId}` is that of the business on the screen. */
export function useBuyerCall() {
  const { token } = useBuyer()
  const businessId = useBusinessId()
  return <Call extends BuyerCall>(call: Call, sent?: BuyerSent<Call>, signal?: AbortSignal) =>
    callBuyer(call, sent, { token, params: { businessId }, signal })
}

/** Reads all data of this buyer again. */
export function useRefreshBuyer(): () => void {
  const client = useQueryClient()
  const { publicId } = useBuyer()
  return () => void client.invalidateQueries({ queryKey: ['buyer', publicId] })
}

export function useBuyerChats() {
  const { publicId } = useBuyer()
  const businessId = useBusinessId()
  const call = useBuyerCall()
  return useInfiniteQuery({
    queryKey: ['buyer', publicId, 'chats'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => call('GET /chats', { query: { pageToken: pageParam, limit: 100 } }, signal),
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
      call(
        'GET /businesses/{businessId}/chats/{chatId}/messages',
        { params: { chatId }, query: { after: pageParam, limit: messagesAtATime } },
        signal,
      ),
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

/** Reads the buyer's data again on each event of their stream, and after each new connection. */
export function useFollowBuyer({ publicId, token }: Buyer): void {
  const client = useQueryClient()
  useEffect(() => {
    const readAnew = () => void client.invalidateQueries({ queryKey: ['buyer', publicId] })
    return followEvents({
      url: '/buyer/v1/events',
      headers: { authorization: `Bearer ${token}` },
      onOpen: readAnew,
      onEvent: readAnew,
      onUnauthorized: () => void client.invalidateQueries({ queryKey: ['buyer token', publicId] }),
    })
  }, [client, publicId, token])
}
