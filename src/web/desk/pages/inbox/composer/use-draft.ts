import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { ChatPlace } from '../../../data/chats.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { forgetGiven, useGivenText } from '../take-back/given-texts.ts'

const restMs = 400

/**
 * The unsent text of a chat. The server keeps it when the typing rests; until it has it, this browser does, so that
 * nothing typed is lost with the tab or the connection.
 */
export function useDraft(place: ChatPlace, kept: string) {
  const storageKey = `prilavok.desk.draft.${place.cabinetId}/${place.chatId}`
  const [text, setText] = useState(() => localStorage.getItem(storageKey) ?? kept)
  const [isKept, setKept] = useState(true)
  const latest = useRef(text)
  const save = useDebouncedCallback(
    async () => {
      const saving = latest.current
      const isSaved = await saveDraft(place, saving)
      setKept(isSaved)
      if (isSaved && localStorage.getItem(storageKey) === saving) localStorage.removeItem(storageKey)
    },
    { delay: restMs, flushOnUnmount: true },
  )
  const write = (typed: string) => {
    latest.current = typed
    setText(typed)
    localStorage.setItem(storageKey, typed)
    save()
  }
  useTakeGiven(place, write)
  return { text, write, isKept }
}

/** An answer that was taken back comes before what has been typed since. */
function useTakeGiven(place: ChatPlace, write: (text: string) => void): void {
  const given = useGivenText(place)
  useEffect(() => {
    if (given === undefined) return
    forgetGiven(place)
    write(given)
  })
}

function saveDraft(params: ChatPlace, text: string): Promise<boolean> {
  return callDesk('PUT /cabinets/{cabinetId}/chats/{chatId}/draft', { params, body: { text } }).then(
    () => true,
    () => false, // this browser still has it
  )
}
