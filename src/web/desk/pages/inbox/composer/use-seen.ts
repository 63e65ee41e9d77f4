import { useState } from 'react'
import type { Message, OpenChat } from '#desk-protocol'
import { countUnseen, seenOf } from './seen.ts'

export type AnswerNumber = OpenChat['newestAnswer']
type Seeing = { messages: readonly Message[]; chat: OpenChat; isEmpty: boolean; own: AnswerNumber }

/** What its writer had seen when the answer was begun. Of answers, those that left from another tab or from others are news. */
export function useSeen({ messages, chat, isEmpty, own }: Seeing) {
  const newest = { message: messages.at(-1)?.messageId, answer: chat.newestAnswer }
  const [begun, setBegun] = useState(newest)
  if (isEmpty && (begun.message !== newest.message || begun.answer !== newest.answer)) setBegun(newest)
  const messageId = seenOf(messages, begun.message)
  const answer = own > begun.answer ? own : begun.answer
  return {
    ...{ messageId, answer },
    newMessages: countUnseen(messages, messageId),
    newAnswers: newest.answer > answer ? 1 : 0,
    acknowledge: () => setBegun(newest),
  }
}
