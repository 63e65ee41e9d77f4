import { type BusinessId, type ChatId, idFrom } from '#contract'
import type { LiveEvent } from '../live/bus.ts'
import { type ChatKey, serializeChatKey } from '../store/chat-key.ts'

export type ChatEvent = Extract<LiveEvent, { about: 'chat' }>

/** What was hinted of one chat since it was last read: the bounds of its messages, and whether something happened without one. */
export type ChatHint = ChatKey & { min: bigint | undefined; max: bigint; isAct: boolean }

/** The hints that have not been followed yet, put together by chat. */
export class ChatHints {
  #hints = new Map<string, ChatHint>()

  get isEmpty(): boolean {
    return this.#hints.size === 0
  }

  add({ businessId, chatId, messageId }: ChatEvent): void {
    const key = { businessId: idFrom<BusinessId>(businessId), chatId: idFrom<ChatId>(chatId) }
    const hint = this.#hints.get(serializeChatKey(key)) ?? { ...key, min: undefined, max: 0n, isAct: false }
    if (messageId === null) hint.isAct = true
    else {
      const id = BigInt(messageId)
      if (hint.min === undefined || id < hint.min) hint.min = id
      if (id > hint.max) hint.max = id
    }
    this.#hints.set(serializeChatKey(key), hint)
  }

  takeAll(): ChatHint[] {
    const hints = [...this.#hints.values()]
    this.#hints.clear()
    return hints
  }
}
