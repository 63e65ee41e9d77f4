import { notificationTypeOf } from '#contract'
import type { IdLike } from '../../types.ts'

/** What a notification says: something happened in this chat. Nothing else of it is believed. */
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

/** Where notifications are told to a sync: lost, doubled and late ones do no harm. */
export type Hints = {
  /** Returns at once. What is told before a sync listens waits for it. */
  tell(hint: Hint): void
  /** For the sync: is given every hint, one that waited first, until the function returned is called. */
  listen(listener: (hint: Hint) => void): () => void
}

// A sync that was not listening sweeps when it starts, so what does not fit is found all the same.
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

/** A chat that has just begun, as the list shows it by itself. */
export function isCreation({ type }: Hint): boolean {
  return type === notificationTypeOf.chat_created
}
