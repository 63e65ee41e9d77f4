import type { Chat, ChatFilter } from '../../types.ts'
import type { ChatMark, ChatStore } from './chat-store.ts'
import { secondOf } from './market-time.ts'
import { serializeValue } from './serialize-value.ts'

/** What is kept in memory of a chat while the sync runs. */
export type Known = {
  chatId: bigint
  /** The chat as it was put, serialized. */
  print: string
  updatedAt: Date
  /** By what the list finds it; undefined of a chat about nothing. */
  about: About | undefined
  mark?: ChatMark | undefined
  /** The number of the put; see `begin`. */
  putIn: number
  /** See `forget`. */
  isGone: boolean
}

type About = NonNullable<ChatFilter['contexts']>[number]

type Learnt = {
  /** Put just now, because they are new or changed. */
  fresh: { chat: Chat; isNew: boolean }[]
  /** Put by another call while this one was under way: it is unknown which of the two answers is newer. */
  doubtful: bigint[]
}

/** The chats as they were put, by id. Calls and puts are numbered, so that an old answer never replaces a newer one. */
export type Roster = {
  size(): number
  find(chatId: bigint): Known | undefined
  all(): Iterable<Known>
  /** The number of a call that begins now. */
  begin(): number
  /** Remembers a mark that the store has. */
  mark(mark: ChatMark): void
  /** The market has no history of this chat: it is not read until the list shows it changed, or the whole list is read. */
  forget(chatId: bigint): void
  /** Forgotten chats are read again. */
  recall(): void
  /** Puts the new and changed chats of the answer to the call of this number. */
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
      lastPut = learnt.catch(() => {}) // the caller gets the error; the next put goes on
      return learnt
    },
  }
}

function knownOf(chat: Chat): Known {
  const { chatId, updatedAt, context } = chat
  return { chatId, print: serializeValue(chat), updatedAt, about: aboutOf(context), putIn: 0, isGone: false }
}

function aboutOf({ type, orderId, returnId }: Chat['context']): About | undefined {
  if (type === 'RETURN' && returnId !== undefined) return { type: 'RETURN', id: returnId }
  return type === 'ORDER' && orderId !== undefined ? { type: 'ORDER', id: orderId } : undefined
}

/** Whether the list shows news of a chat, or its reading was not finished. `since`: chats without news after it need none. */
export function needsReading({ mark, updatedAt, isGone }: Known, since: Date | undefined): boolean {
  if (isGone) return false
  const second = secondOf(updatedAt)
  if (!mark) return since === undefined || second > secondOf(since)
  if (!mark.isRead) return true
  return second !== secondOf(mark.updatedAt) && (!mark.newestAt || second !== secondOf(mark.newestAt))
}
