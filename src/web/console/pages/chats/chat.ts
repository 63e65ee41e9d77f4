import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemError } from '../../../ui/feedback/problem.ts'
import { toastError } from '../../../ui/feedback/toast.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'
import { useAdmin } from '../../data/queries.ts'
import { joinNewest, joinOlder, type Loaded, type MessagesPage } from './loaded.ts'

export type AdminChat = AnswerOf<'GET /businesses/{businessId}/chats'>['chats'][number]

const chatPath = '/businesses/{businessId}/chats/{chatId}'
const messagesAtATime = 50

export function useChat(chatId: string, isEnabled = true) {
  return useAdmin(`GET ${chatPath}`, { topics: ['chats'], isEnabled }, { params: { chatId } })
}

/** Whether the business has no chat of this number, or what the address has is no number. */
export function useIsMissing(chatId: string | undefined): boolean {
  const { error } = useChat(chatId ?? '', chatId !== undefined)
  return chatId !== undefined && error instanceof ProblemError && [400, 404].includes(error.status)
}

/** What the published API answers about the chat now; asked of a chat that is there. */
export function usePublished(chatId: string) {
  const isEnabled = useChat(chatId).data !== undefined
  return useAdmin(`GET ${chatPath}/published`, { topics: ['chats'], isEnabled }, { params: { chatId } })
}

/** The messages of a chat from the newest back to where its reader has scrolled, oldest first. */
export function useMessages(chatId: string) {
  const businessId = useBusinessId()
  const client = useQueryClient()
  const call = useCall()
  const [isLoadingOlder, setLoadingOlder] = useState(false)
  const queryKey = ['admin', businessId, 'messages', ofChat(chatId)]
  const read = (before?: MessagesPage['before'], signal?: AbortSignal) =>
    call(`GET ${chatPath}/messages`, { params: { chatId }, query: { before, limit: messagesAtATime } }, signal)
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      joinNewest(
        before => read(before, signal),
        () => client.getQueryData<Loaded>(queryKey),
      ),
    meta: { topics: ['chats'] },
  })
  const before = query.data?.before
  const loadOlder = async () => {
    if (before === undefined || isLoadingOlder) return
    setLoadingOlder(true)
    try {
      const page = await read(before)
      client.setQueryData<Loaded>(queryKey, loaded => loaded && joinOlder(loaded, page))
    } catch (error) {
      toastError(error)
    } finally {
      setLoadingOlder(false)
    }
  }
  return { ...query, loadOlder, isLoadingOlder }
}

/** Reads anew all that is known of a chat, after it was changed from here. */
export function refreshChat(client: QueryClient, businessId: string, chatId: string): void {
  const [mark] = ofChat(chatId)
  void client.invalidateQueries({
    predicate: ({ queryKey: [, business, , params] }) =>
      business === businessId && Array.isArray(params) && params.includes(mark),
  })
}

/** The part of a query's key that names the chat, as in the keys of useAdmin. */
function ofChat(chatId: string): [string] {
  return [`chatId=${chatId}`]
}
