import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { dropAnswer, refreshChat } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { giveText } from './given-texts.ts'
import { noteLastAnswer } from './last-answer.ts'

type Taken = { place: ChatPlace; answerId: string }

/** Takes an answer back as long as it has not left: its text is in the field again, in its chat. */
export function useTakeBack(): (answer: Taken) => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { run } = useAct(async ({ place, answerId }: Taken) => {
    noteLastAnswer(undefined)
    const { text } = await callDesk('DELETE /cabinets/{cabinetId}/chats/{chatId}/answers/{answerId}', {
      params: { ...place, answerId },
    })
    dropAnswer(client, place, answerId)
    if (text !== undefined) giveText(place, text)
    await navigate({ to: '/inbox/$cabinetId/$chatId', params: place, search: true })
    refreshChat(client, place)
  })
  return answer => void run(answer)
}
