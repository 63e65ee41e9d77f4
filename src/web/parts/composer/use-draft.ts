import { useState } from 'react'

/** What is typed into a chat and not sent yet. It is there again when the chat is opened again, in this tab. */
export function useDraft(businessId: string, chatId: string) {
  const key = `prilavok.draft.${businessId}.${chatId}`
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  const write = (typed: string) => {
    setText(typed)
    if (typed === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, typed)
  }
  return [text, write] as const
}
