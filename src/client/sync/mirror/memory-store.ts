import type { Chat, Message } from '../../types.ts'
import type { ChatMark, ChatStore } from './chat-store.ts'

/** A store in memory, lost when the process ends; also the simplest example of a store. */
export function makeMemoryStore(): ChatStore {
  const chats = new Map<bigint, { chat: Chat; mark?: ChatMark; messages: Map<bigint, Message> }>()
  let notes: string | undefined
  return {
    async *known() {
      for (const { chat, mark } of chats.values()) yield mark ? { chat, mark } : { chat }
    },
    readNotes: async () => notes,
    async writeNotes(text) {
      notes = text
    },
    async putChats(some) {
      for (const chat of some)
        chats.set(chat.chatId, { messages: new Map(), ...chats.get(chat.chatId), chat: { ...chat } })
    },
    async putMessages(chatId, some, mark) {
      const kept = chats.get(chatId)
      if (!kept) throw new Error(`chat ${chatId} is not in this store: putChats comes before putMessages`)
      const added = some.filter(({ messageId }) => !kept.messages.has(messageId))
      for (const message of some) kept.messages.set(message.messageId, message)
      kept.mark = mark
      return [...new Set(added.map(({ messageId }) => messageId))]
    },
    async readChat(chatId) {
      const kept = chats.get(chatId)
      return kept && { chat: kept.chat, messages: [...kept.messages.values()].sort(byId) }
    },
  }
}

function byId(a: Message, b: Message): number {
  return a.messageId < b.messageId ? -1 : 1
}
