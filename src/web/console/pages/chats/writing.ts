import { useState } from 'react'
import { textMaxLength } from '#contract'
import { useDraft } from '../../../parts/composer/use-draft.ts'
import { useBusinessId } from '../../data/business.ts'
import type { AdminChat } from './chat.ts'
import { canWaitFor, type WaitFor, whyCustomerSilent } from './possible.ts'
import { type Speaker, useSpeak } from './speak.ts'
import { useTestChatsAnswer } from './test-chats.tsx'

// The next chat that is opened begins with the same speaker.
let lastSpeaker: Speaker = 'customer'

export type Writing = ReturnType<typeof useWriting>

/** The text that is being written into a chat, its speaker, and sending it. */
export function useWriting(chat: AdminChat) {
  const chatId = String(chat.chatId)
  const [as, setAs] = useState<Speaker>(lastSpeaker)
  const [wanted, setWaitFor] = useState<WaitFor>()
  const [text, write] = useDraft(`${useBusinessId()}.${chatId}`)
  const speak = useSpeak(chatId)
  const isSilent = whyCustomerSilent(chat, useTestChatsAnswer(chat)) !== undefined && as === 'customer'
  const typed = text.trim()
  const whyNot = typed === '' ? 'whyEmpty' : text.length > textMaxLength ? 'whyTooLong' : undefined
  const canSend = whyNot === undefined && !isSilent && !speak.isPending
  const waitFor = wanted && canWaitFor(chat, wanted) ? wanted : undefined
  const choose = (speaker: Speaker) => {
    lastSpeaker = speaker
    setAs(speaker)
  }
  const send = async () => {
    if (canSend && (await speak.run({ kind: 'text', as, text: typed, waitFor, says: typed }))) write('')
  }
  const sendAgain = async () => {
    if (await speak.again()) write('')
  }
  return { as, choose, waitFor, setWaitFor, text, typed, write, speak, isSilent, whyNot, send, sendAgain } as const
}
