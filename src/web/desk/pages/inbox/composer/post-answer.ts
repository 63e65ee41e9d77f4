import type { Answer, Message, OpenChat } from '#desk-protocol'
import type { ChatPlace } from '../../../data/chats.ts'
import { callDesk } from '../../../data/desk-api.ts'

export type Sending = {
  answerId: string
  undoSeconds: number
  seenMessageId?: Message['messageId'] | undefined
  seenAnswer: OpenChat['newestAnswer']
  anyway?: boolean | undefined
}

const path = '/cabinets/{cabinetId}/chats/{chatId}'

export function postText(params: ChatPlace, text: string, sending: Sending): Promise<Answer> {
  return callDesk(`POST ${path}/answers`, { params, body: { text, ...sending } })
}

export function postFile(params: ChatPlace, file: File, sending: Sending): Promise<Answer> {
  const body = new FormData()
  body.set('file', file)
  return callDesk(`POST ${path}/files`, { params, query: sending, body })
}
