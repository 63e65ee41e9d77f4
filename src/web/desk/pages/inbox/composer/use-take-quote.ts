import { type RefObject, useEffect } from 'react'
import { insertQuote, quoteOf } from './quote.ts'
import type { Answering } from './use-answering.ts'

type Given = {
  field: RefObject<HTMLTextAreaElement | null>
  quoted: string | undefined
  onQuoted: () => void
  answering: Pick<Answering, 'text' | 'write'>
}

/** Puts a quote where the cursor was last, and the cursor below it. */
export function useTakeQuote({ field, quoted, onQuoted, answering: { text, write } }: Given): void {
  useEffect(() => {
    if (quoted === undefined) return
    onQuoted()
    const written = insertQuote({ text, at: cursorIn(field.current, text) }, quoteOf(quoted))
    write(written.text)
    field.current?.focus()
    // After the field has been drawn with it.
    requestAnimationFrame(() => field.current?.setSelectionRange(written.at, written.at))
  })
}

/** A field that nobody has been in yet has its cursor before the draft: the quote comes after it. */
function cursorIn(field: HTMLTextAreaElement | null, text: string): number {
  return field?.selectionStart || text.length
}
