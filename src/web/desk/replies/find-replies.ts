import type { CannedReply } from '#desk-protocol'

const maxFound = 30
const maxTyped = 40

/** Where a slash begins a search for canned replies: at the start of a word, on the caret's line; a closed word after it is what is wanted. */
export function slashAt(text: string, caret: number): { index: number; wanted: string } | undefined {
  const before = text.slice(0, caret)
  const index = before.lastIndexOf('/')
  if (index < 0 || /\S/.test(before.charAt(index - 1))) return undefined
  const wanted = before.slice(index + 1)
  if (wanted.includes('\n') || wanted.startsWith(' ') || wanted.length > maxTyped) return undefined
  return { index, wanted }
}

/** Those that have all letters that are typed in their order, the closest and most used first. */
export function findReplies(replies: readonly CannedReply[], wanted: string): CannedReply[] {
  const typed = wanted.trim().toLowerCase()
  return replies
    .map(reply => ({ reply, rank: rankOf(reply, typed) }))
    .filter(({ rank }) => rank < 4)
    .sort((one, other) => one.rank - other.rank || other.reply.uses - one.reply.uses)
    .slice(0, maxFound)
    .map(({ reply }) => reply)
}

function rankOf({ title, folder, text }: CannedReply, typed: string): number {
  const [inTitle, inAll] = [title.toLowerCase(), `${folder} ${title} ${text}`.toLowerCase()]
  if (inTitle.startsWith(typed)) return 0
  if (inTitle.includes(typed)) return 1
  if (inAll.includes(typed)) return 2
  return hasInOrder(inTitle, typed) ? 3 : 4
}

function hasInOrder(text: string, letters: string): boolean {
  let from = 0
  for (const letter of letters) {
    const found = text.indexOf(letter, from)
    if (found < 0) return false
    from = found + 1
  }
  return true
}
