import { type RefObject, useMemo, useState } from 'react'
import type { CannedReply, OpenChat, ReplyFile } from '#desk-protocol'
import type { ChatPlace } from '../../../../data/chats.ts'
import { callDesk } from '../../../../data/desk-api.ts'
import { useDesk } from '../../../../data/reads.ts'
import { findReplies, indexReplies } from '../../../../replies/find-replies.ts'
import { fill } from './fill.ts'
import { slashAt } from './slash-at.ts'
import { slotsOf } from './slots.ts'

type Given = {
  place: ChatPlace
  chat: OpenChat
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  write: (text: string) => void
  addFiles: (files: readonly ReplyFile[]) => void
}

const maxFound = 30
const nothing: readonly CannedReply[] = []

/** What is typed after a slash finds canned replies; the text of the chosen one takes its place, and its files go with the answer. */
export function useCanned({ place, chat, field, text, write, addFiles }: Given) {
  const [caret, setCaret] = useState(0)
  const [closedAt, setClosedAt] = useState<number>()
  const [at, setAt] = useState(0)
  const slash = slashAt(text, caret)
  const isOpen = slash !== undefined && slash.index !== closedAt
  const { cabinetId } = place
  const read = useDesk('GET /replies', { topics: ['replies'], isEnabled: isOpen }, { query: { cabinetId } })
  const replies = read.data?.replies ?? nothing
  const wanted = slash?.wanted ?? ''
  const indexed = useMemo(() => indexReplies(replies), [replies])
  const { found, total } = useMemo(() => findReplies(indexed, wanted, maxFound), [indexed, wanted])
  const index = Math.min(at, found.length - 1)
  const values = { name: chat.customerName, order: chat.context.orderId, product: chat.product }
  /** Puts something in the place of what is between; what is to be filled in is selected. */
  const put = (words: string, { from, to }: { from: number; to: number }) => {
    const end = from + words.length
    const [first] = slotsOf(words)
    const [start, stop] = first ? [from + first.from, from + first.to] : [end, end]
    write(text.slice(0, from) + words + text.slice(to))
    setCaret(start)
    setAt(0)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(start, stop)
    })
  }
  const insert = (reply: CannedReply | undefined) => {
    if (!reply || !slash) return
    put(fill(reply.text, values), { from: slash.index, to: caret })
    addFiles(reply.files)
    // How often a reply is used is nice to know, and nothing depends on it.
    const { replyId } = reply
    callDesk('POST /replies/{replyId}/uses', { params: { replyId }, query: { cabinetId } }).catch(() => {})
  }
  const onKey = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    const isChoice = key === 'Tab' || (key === 'Enter' && !ctrlKey && !metaKey)
    if (key === 'Escape') setClosedAt(slash?.index)
    else if (key === 'ArrowDown') setAt(Math.min(index + 1, found.length - 1))
    else if (key === 'ArrowUp') setAt(Math.max(index - 1, 0))
    // What is being looked for is no answer yet.
    else if (isChoice && found.length === 0) return read.isPending
    else if (isChoice) insert(found[index])
    else return false
    return true
  }
  return {
    ...{ isOpen, found, total, index, insert, onKey },
    state: read.isPending ? ('reading' as const) : replies.length === 0 ? ('none' as const) : ('read' as const),
    isUnread: read.isError && read.data === undefined,
    activeId: isOpen && found[index] ? `canned-${index}` : undefined,
    preview: (reply: CannedReply) => fill(reply.text, values),
    /** Begins a search where the caret is, as a typed slash does; or takes back the one that is open. */
    toggle: () => {
      if (isOpen) return put('', { from: slash.index, to: caret })
      const at = field.current?.selectionEnd ?? text.length
      setClosedAt(undefined)
      put(/\S/.test(text.charAt(at - 1)) ? ' /' : '/', { from: at, to: at })
    },
    onType: ({ selectionStart }: HTMLTextAreaElement) => {
      if (selectionStart === caret) return
      setCaret(selectionStart)
      setAt(0)
    },
  }
}

export type Canned = ReturnType<typeof useCanned>
