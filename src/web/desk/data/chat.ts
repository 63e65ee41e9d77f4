import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, Message, OpenChat } from '#desk-protocol'
import { toastError } from '../../ui/feedback/toast.tsx'
import type { ChatPlace } from './chats.ts'
import { callDesk } from './desk-api.ts'
import { chatTopic } from './follow-desk.ts'
import { joinNewer, joinOlder, type Loaded } from './loaded.ts'
import { keyOf, useDesk } from './reads.ts'

const path = '/cabinets/{cabinetId}/chats/{chatId}'
const atATime = 50

export function useChat(place: ChatPlace) {
  return useDesk(`GET ${path}`, { topics: [chatTopic(place.cabinetId, place.chatId)] }, { params: place })
}

const messagesKey = (place: ChatPlace) => keyOf(`GET ${path}/messages`, { params: place })

/** The messages of a chat from the newest back to where its reader has scrolled, oldest first. */
export function useMessages(place: ChatPlace) {
  const client = useQueryClient()
  const [isLoadingOlder, setLoadingOlder] = useState(false)
  const queryKey = messagesKey(place)
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => readNewest(place, client.getQueryData<Loaded>(queryKey), signal),
    meta: { topics: [chatTopic(place.cabinetId, place.chatId)] },
  })
  const oldest = query.data?.hasMore ? query.data.messages[0]?.messageId : undefined
  const loadOlder = async () => {
    if (oldest === undefined || isLoadingOlder) return
    setLoadingOlder(true)
    try {
      const page = await callDesk(`GET ${path}/messages`, { params: place, query: { before: oldest, limit: atATime } })
      client.setQueryData<Loaded>(queryKey, known => known && joinOlder(known, page))
    } catch (error) {
      toastError(error)
    } finally {
      setLoadingOlder(false)
    }
  }
  return { ...query, loadOlder, isLoadingOlder }
}

/** The newest message that is on the screen, or would be. */
export function newestIn(client: QueryClient, place: ChatPlace): Message['messageId'] | undefined {
  return client.getQueryData<Loaded>(messagesKey(place))?.messages.at(-1)?.messageId
}

/** The last page, and what lies between it and what is known. */
async function readNewest(params: ChatPlace, known: Loaded | undefined, signal: AbortSignal): Promise<Loaded> {
  const read = (query: { limit: number; after?: Message['messageId'] }): Promise<Loaded> =>
    callDesk(`GET ${path}/messages`, { params, query }, { signal })
  const newest = await read({ limit: atATime })
  const last = known?.messages.at(-1)?.messageId
  const first = newest.messages[0]?.messageId
  if (!known || last === undefined || first === undefined) return newest
  const between: Message[] = []
  let after: Message['messageId'] | undefined = first > last ? last : undefined
  while (after !== undefined) {
    const page: Loaded = await read({ after, limit: 200 })
    between.push(...page.messages)
    after = page.hasMore ? page.messages.at(-1)?.messageId : undefined
  }
  return joinNewer(joinNewer(known, between), newest.messages)
}

/** An answer as the server has it now, put where the chat is read from. */
export function putAnswer(client: QueryClient, place: ChatPlace, answer: Answer): void {
  changeChat(client, place, chat => ({
    ...chat,
    draft: '',
    ...(answer.number > chat.newestAnswer && { newestAnswer: answer.number }),
    answers: [...chat.answers.filter(({ answerId }) => answerId !== answer.answerId), answer],
  }))
}

export function dropAnswer(client: QueryClient, place: ChatPlace, answerId: string): void {
  changeChat(client, place, chat => ({
    ...chat,
    answers: chat.answers.filter(answer => answer.answerId !== answerId),
  }))
}

function changeChat(client: QueryClient, place: ChatPlace, change: (chat: OpenChat) => OpenChat): void {
  client.setQueryData<OpenChat>(keyOf(`GET ${path}`, { params: place }), chat => chat && change(chat))
}

/** Reads the chat and all lists again, after it was changed from here. */
export function refreshChat(client: QueryClient, place: ChatPlace): void {
  void client.invalidateQueries({ queryKey: keyOf(`GET ${path}`, { params: place }) })
  void client.invalidateQueries({ queryKey: messagesKey(place) })
  void client.invalidateQueries({ queryKey: ['desk', 'GET /chats'] })
  void client.invalidateQueries({ queryKey: ['desk', 'GET /views'] })
}
