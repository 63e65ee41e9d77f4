import type { Chat } from '../../types.ts'
import type { ChatMark, ChatStore } from './chat-store.ts'
import { secondOf } from './market-time.ts'
import { serializeValue } from './serialize-value.ts'

/** What is remembered of a chat while the sync runs. */
export type Known = {
  chatId: bigint
  /** The chat as it was put, as a text. */
  print: string
  updatedAt: Date
  mark?: ChatMark | undefined
  /** The turn in which it was put. */
  putIn: number
  /** See `forget`. */
  isGone: boolean
}

type Learnt = {
  /** Put just now, because they were not known or not like this. */
  fresh: { chat: Chat; isNew: boolean }[]
  /** Put by another call while this one was under way: nobody can tell which of the two is newer. */
  doubtful: bigint[]
}

/** The chats as they were put, by id. Calls and puts have turns, so that an old answer never replaces a newer one. */
export type Roster = {
  size(): number
  find(chatId: bigint): Known | undefined
  all(): Iterable<Known>
  /** The turn of a call that begins now. */
  begin(): number
  /** Remembers a mark that the store has. */
  mark(mark: ChatMark): void
  /** The market has no history of this chat: it is left alone until the list says something else of it, or is walked through as a whole. */
  forget(chatId: bigint): void
  /** What was forgotten is asked for again. */
  recall(): void
  /** Puts what is fresh of an answer to a call of this turn. */
  learn(chats: readonly Chat[], begun: number): Promise<Learnt>
}

export async function loadRoster(store: ChatStore): Promise<Roster> {
  const chats = new Map<bigint, Known>()
  let turn = 0
  for await (const { chat, mark } of store.known()) chats.set(chat.chatId, { ...knownOf(chat), mark })
  let lastPut: Promise<unknown> = Promise.resolve()

  async function learn(rows: readonly Chat[], begun: number): Promise<Learnt> {
    const changed = rows.filter(row => chats.get(row.chatId)?.print !== serializeValue(row))
    const isDoubtful = ({ chatId }: Chat) => (chats.get(chatId)?.putIn ?? 0) > begun
    const fresh = changed.filter(row => !isDoubtful(row)).map(chat => ({ chat, isNew: !chats.has(chat.chatId) }))
    if (fresh.length > 0) await store.putChats(fresh.map(({ chat }) => chat))
    const putIn = ++turn
    for (const row of rows) {
      if (isDoubtful(row)) continue
      const known = chats.get(row.chatId)
      const isChanged = fresh.some(({ chat }) => chat === row)
      if (isChanged || !known) chats.set(row.chatId, { mark: known?.mark, ...knownOf(row), putIn })
      else known.putIn = putIn
    }
    return { fresh, doubtful: changed.filter(row => !fresh.some(({ chat }) => chat === row)).map(row => row.chatId) }
  }

  return {
    size: () => chats.size,
    find: chatId => chats.get(chatId),
    all: () => chats.values(),
    begin: () => ++turn,
    mark(mark) {
      const known = chats.get(mark.chatId)
      if (known) known.mark = mark
    },
    forget(chatId) {
      const known = chats.get(chatId)
      if (known) known.isGone = true
    },
    recall() {
      for (const known of chats.values()) known.isGone = false
    },
    learn(rows, begun) {
      const learnt = lastPut.then(() => learn(rows, begun))
      lastPut = learnt.catch(() => {}) // who asked is told; the next is not held up by it
      return learnt
    },
  }
}

function knownOf(chat: Chat): Known {
  return { chatId: chat.chatId, print: serializeValue(chat), updatedAt: chat.updatedAt, putIn: 0, isGone: false }
}

/** Whether the list tells more of a chat than was read, or reading was not finished. `since`: what stood then is known. */
export function needsReading({ mark, updatedAt, isGone }: Known, since: Date | undefined): boolean {
  if (isGone) return false
  const second = secondOf(updatedAt)
  if (!mark) return since === undefined || second > secondOf(since)
  if (!mark.isRead) return true
  return second !== secondOf(mark.updatedAt) && (!mark.newestAt || second !== secondOf(mark.newestAt))
}
