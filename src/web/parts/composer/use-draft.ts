import { useState } from 'react'

/** The unsent text of a chat. It is there again when the chat is opened again in this tab. */
export function useDraft(draftKey: string) {
  const storageKey = `prilavok.draft.${draftKey}`
  const [text, setText] = useState(() => sessionStorage.getItem(storageKey) ?? '')
  const write = (typed: string) => {
    setText(typed)
    if (typed === '') sessionStorage.removeItem(storageKey)
    else sessionStorage.setItem(storageKey, typed)
  }
  return [text, write] as const
}
