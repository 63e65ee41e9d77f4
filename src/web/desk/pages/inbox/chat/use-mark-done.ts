import { useQueryClient } from '@tanstack/react-query'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { newestIn, refreshChat } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { callDesk } from '../../../data/desk-api.ts'

const path = '/cabinets/{cabinetId}/chats/{chatId}'

/** Says that a chat needs no answer, or does after all. */
export function useMarkDone(place: ChatPlace | undefined) {
  const client = useQueryClient()
  const refresh = () => place && refreshChat(client, place)
  const done = useAct(async () => {
    if (!place) return
    const messageId = newestIn(client, place)
    if (messageId !== undefined) await callDesk(`PUT ${path}/done`, { params: place, body: { messageId } })
  }, refresh)
  const undone = useAct(async () => {
    if (place) await callDesk(`DELETE ${path}/done`, { params: place })
  }, refresh)
  return { done, undone }
}
