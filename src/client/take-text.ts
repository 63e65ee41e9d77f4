import { textMaxLength } from '#contract'
import { InvalidInput } from './errors.ts'

/** A message's text as the market keeps it: without the white space at its ends. Throws InvalidInput; never repeats it. */
export function takeText(text: string): string {
  if (typeof text !== 'string') throw new InvalidInput('text must be a string')
  const trimmed = text.trim()
  if (trimmed.length >= 1 && trimmed.length <= textMaxLength) return trimmed
  throw new InvalidInput(
    `text must have 1 to ${textMaxLength} UTF-16 units between its white space at both ends, not ${trimmed.length}`,
  )
}
