/** What must be asked for by itself, besides the histories. */
export type Ask = {
  chatId: bigint
  /** Of one message; without it the chat is asked for. */
  messageId?: bigint
  /** Not before this, in ms of our clock. */
  dueAt: number
  /** How often the call failed. */
  failures: number
  /** How often the message was not there. */
  tries: number
}

/** Asks of one kind, in the order they came. */
export type Asks = {
  /** An ask that waits already stays as it is. */
  add(ask: Pick<Ask, 'chatId' | 'dueAt'> & Partial<Ask>): void
  take(now: number, most: number): Ask[]
  nextDueAt(): number
  count(): number
}

/** `renewals`: chats, many in one call of the list. `lookUps`: chats, each alone. `messages`: single messages. */
export type AskKind = 'renewals' | 'lookUps' | 'messages'

// What is beyond these is dropped: only forged notifications can be so many.
const waitingMax = 100_000
const messagesOfChatMax = 20

export function makeAsks(): Asks {
  const waiting = new Map<bigint, Map<bigint | undefined, Ask>>()
  let count = 0
  return {
    add(part) {
      const ask: Ask = { failures: 0, tries: 0, ...part }
      const ofChat = waiting.get(ask.chatId) ?? new Map<bigint | undefined, Ask>()
      if (count >= waitingMax || ofChat.size >= messagesOfChatMax || ofChat.has(ask.messageId)) return
      waiting.set(ask.chatId, ofChat.set(ask.messageId, ask))
      count++
    },
    /** One of each chat, which then goes to the end: many asks for one chat do not hold up the others. */
    take(now, most) {
      const taken: Ask[] = []
      for (const [chatId, ofChat] of [...waiting]) {
        const ask = [...ofChat.values()].find(({ dueAt }) => dueAt <= now)
        if (taken.length === most || !ask) continue
        taken.push(ask)
        count--
        ofChat.delete(ask.messageId)
        waiting.delete(chatId)
        if (ofChat.size > 0) waiting.set(chatId, ofChat)
      }
      return taken
    },
    nextDueAt() {
      let next = Number.POSITIVE_INFINITY
      for (const ofChat of waiting.values()) for (const { dueAt } of ofChat.values()) next = Math.min(next, dueAt)
      return next
    },
    count: () => count,
  }
}
