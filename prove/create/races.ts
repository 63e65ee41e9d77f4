import { chatAboutOrder, chatAboutReturn, chatAndWords, directChat } from './chat-races.ts'
import { campaigns, customers, keys, orders, revocations, subscriptions } from './directory-races.ts'
import { idempotentFile, idempotentMessage } from './idempotency-races.ts'
import type { Stage } from './stage.ts'

/** So many callers at once; tells in which ways there is not one of what there must be one of. */
type Race = (stage: Stage, count: number) => Promise<string[]>

export const races: Record<string, Race> = {
  'a chat about an order': chatAboutOrder,
  'a chat about a return': chatAboutReturn,
  'a direct chat': directChat,
  'a chat with a message each': chatAndWords,
  'an order': orders,
  'a campaign': campaigns,
  'a customer': customers,
  keys,
  'revoking a key': revocations,
  'the last subscriptions': subscriptions,
  'a message with one idempotency key': idempotentMessage,
  'a file with one idempotency key': idempotentFile,
}
