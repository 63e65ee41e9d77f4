import { useEffect, useRef } from 'react'
import type { Message, OpenChat } from '#desk-protocol'
import type { ChatPlace } from '../../../data/chats.ts'
import { callDesk } from '../../../data/desk-api.ts'

/** What is on the screen of somebody who looks has been read. */
export function useMarkRead(place: ChatPlace, chat: OpenChat, messages: readonly Message[] | undefined): void {
  const last = messages?.at(-1)?.messageId
  const marked = useRef<Message['messageId']>(0)
  const { cabinetId, chatId } = place
  const { readToMessageId } = chat
  useEffect(() => {
    if (last === undefined || last <= readToMessageId) return
    const mark = () => {
      if (document.hidden || marked.current === last) return
      marked.current = last
      // Not read is told by the row; the next message tries again.
      callDesk('PUT /cabinets/{cabinetId}/chats/{chatId}/read', {
        params: { cabinetId, chatId },
        body: { messageId: last },
      }).catch(() => {})
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [cabinetId, chatId, last, readToMessageId])
}
