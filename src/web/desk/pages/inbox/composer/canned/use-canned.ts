import { type RefObject, useMemo, useState } from 'react'
import type { CannedReply, OpenChat } from '#desk-protocol'
import type { ChatPlace } from '../../../../data/chats.ts'
import { callDesk } from '../../../../data/desk-api.ts'
import { useDesk } from '../../../../data/reads.ts'
import { fill } from './fill.ts'
import { findReplies, slashAt } from './find-replies.ts'

type Given = {
  place: ChatPlace
  chat: OpenChat
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  write: (text: string) => void
}

/** What is typed after a slash finds canned replies; the chosen one takes its place. */
export function useCanned({ place, chat, field, text, write }: Given) {
  const [caret, setCaret] = useState(0)
  const [closedAt, setClosedAt] = useState<number>()
  const [at, setAt] = useState(0)
  const slash = slashAt(text, caret)
  const isOpen = slash !== undefined && slash.index !== closedAt
  const { data } = useDesk(
    'GET /replies',
    { topics: ['replies'], isEnabled: isOpen },
    { query: { cabinetId: place.cabinetId } },
  )
  const wanted = slash?.wanted ?? ''
  const found = useMemo(() => findReplies(data?.replies ?? [], wanted), [data, wanted])
  const index = Math.min(at, found.length - 1)
  const values = { name: chat.customerName, order: chat.context.orderId, product: chat.product }
  const insert = (reply: CannedReply | undefined) => {
    if (!reply || !slash) return
    const filled = fill(reply.text, values)
    const end = slash.index + filled.length
    write(text.slice(0, slash.index) + filled + text.slice(caret))
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(end, end)
    })
    // How often a reply is used is nice to know, and nothing depends on it.
    callDesk('POST /replies/{replyId}/uses', {
      params: { replyId: reply.replyId },
      query: { cabinetId: place.cabinetId },
    }).catch(() => {})
  }
  const onKey = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    if (key === 'Escape') setClosedAt(slash?.index)
    else if (key === 'ArrowDown') setAt(Math.min(index + 1, found.length - 1))
    else if (key === 'ArrowUp') setAt(Math.max(index - 1, 0))
    else if ((key === 'Enter' && !ctrlKey && !metaKey) || key === 'Tab') {
      if (found.length === 0) return false
      insert(found[index])
    } else return false
    return true
  }
  return {
    isOpen,
    isEmpty: data?.replies.length === 0,
    found,
    index,
    insert,
    onKey,
    activeId: isOpen && found[index] ? `canned-${index}` : undefined,
    preview: (reply: CannedReply) => fill(reply.text, values),
    onType: ({ selectionStart }: HTMLTextAreaElement) => {
      if (selectionStart === caret) return
      setCaret(selectionStart)
      setAt(0)
    },
  }
}

export type Canned = ReturnType<typeof useCanned>
