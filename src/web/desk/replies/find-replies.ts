import type { CannedReply } from '#desk-protocol'
import { inOtherLayout } from './other-layout.ts'

export type Found = { found: CannedReply[]; total: number }
type Indexed = { reply: CannedReply; title: string; folder: string; text: string }

/** Replies as they are searched: made once for what was read, not with every key. */
export function indexReplies(replies: readonly CannedReply[]): readonly Indexed[] {
  return replies.map(reply => {
    const { title, folder, text } = reply
    return { reply, title: plain(title), folder: plain(folder), text: plain(text) }
  })
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

/**
 * Those that have every word that is typed, in title, folder or text; or its letters in their order. The closest first, and of those
 * the most used. If there is none, the words may have been typed in the other layout.
 */
export function findReplies(indexed: readonly Indexed[], typed: string, max: number): Found {
  const wanted = plain(typed.trim())
  const asTyped = ranked(indexed, wanted)
  const all = asTyped.length === 0 ? ranked(indexed, plain(inOtherLayout(wanted))) : asTyped
  return { found: all.slice(0, max), total: all.length }
}

function ranked(indexed: readonly Indexed[], wanted: string): CannedReply[] {
  const words = wanted.split(/\s+/)
  return indexed
    .map(one => ({ ...one, rank: rankOf(one, wanted, words) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((one, other) => one.rank - other.rank || other.reply.uses - one.reply.uses)
    .map(({ reply }) => reply)
}

function rankOf(one: Indexed, wanted: string, words: readonly string[]): number {
  if (one.title.startsWith(wanted)) return 0
  return words.reduce((sum, word) => sum + rankOfWord(one, word), 1)
}

/** From a word of the title that begins so to letters that are there in their order; infinite if there is nothing of it. */
function rankOfWord({ title, folder, text }: Indexed, word: string): number {
  if (` ${title}`.includes(` ${word}`)) return 0
  if (title.includes(word)) return 1
  if (folder.includes(word)) return 2
  if (text.includes(word)) return 3
  return hasInOrder(`${title} ${folder}`, word) ? 4 : Number.POSITIVE_INFINITY
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
