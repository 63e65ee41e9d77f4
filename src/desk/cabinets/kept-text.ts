/** A text as PostgreSQL keeps it: without NUL and halves of surrogate pairs. */
export function keptText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
