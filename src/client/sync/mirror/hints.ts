import { notificationTypeOf } from '#contract'
import type { IdLike } from '../../types.ts'

/** What a notification says: something happened in this chat. What it was is read through the API. */
export type Hint = {
  /** The published type, if it is known. */
  type?: string
  chatId: IdLike
  /** Of a message. */
  messageId?: IdLike | undefined
  at?: Date | undefined
  /** Hints of another business are dropped. */
  businessId?: IdLike | undefined
}

/** Passes notifications to a sync. Lost, repeated and late ones do no harm. */
export type Hints = {
  /** Returns at once. Hints that come before a sync listens are kept for it. */
  tell(hint: Hint): void
  /** For the sync: calls the listener with every hint, kept ones first, until the returned function is called. */
  listen(listener: (hint: Hint) => void): () => void
}

// A sync sweeps when it starts, so hints beyond this number are not needed.
const waitingMax = 10_000

export function makeHints(): Hints {
  const listeners = new Set<(hint: Hint) => void>()
  const waiting: Hint[] = []
  return {
    tell(hint) {
      for (const listener of listeners) listener(hint)
      if (listeners.size === 0 && waiting.length < waitingMax) waiting.push(hint)
    },
    listen(listener) {
      listeners.add(listener)
      for (const hint of waiting.splice(0)) listener(hint)
      return () => void listeners.delete(listener)
    },
  }
}

/** Whether it tells of a new chat, which the list shows. */
export function isCreation({ type }: Hint): boolean {
  return type === notificationTypeOf.chat_created
}
