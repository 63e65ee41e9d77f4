const maxTyped = 40

/** Where a slash begins a search for canned replies: at the start of a word, on the caret's line; what follows it is what is wanted. */
export function slashAt(text: string, caret: number): { index: number; wanted: string } | undefined {
  const before = text.slice(0, caret)
  const index = before.lastIndexOf('/')
  if (index < 0 || /\S/.test(before.charAt(index - 1))) return undefined
  const wanted = before.slice(index + 1)
  if (wanted.includes('\n') || wanted.startsWith(' ') || wanted.length > maxTyped) return undefined
  return { index, wanted }
}
