import { normaliseText } from '#client'
import { keptText } from './kept-text.ts'

type OfText = { text: string }
type OfFile = { file: { name: string; sizeBytes: number } }

/** By what an answer and its message at the market are recognized as one: equal for every form in which a text comes back. */
export function printOf(sent: OfText | OfFile): string {
  if ('text' in sent) return `text ${keptText(normaliseText(sent.text))}`
  return `file ${sent.file.sizeBytes} ${keptText(sent.file.name.normalize('NFC'))}`
}
