import type { BusinessId, ChatEventType, ChatId, MessageId } from '#contract'
import type { DeliveryKey } from '../store/deliveries.ts'

/** A delivery in flight, with all that one attempt needs. */
export type Claimed = {
  key: DeliveryKey
  facts: { type: ChatEventType; businessId: BusinessId; chatId: ChatId; messageId: MessageId | null; happenedAt: Date }
  /** Counts the attempts of the delivery, and is the fencing token of this one. */
  attempt: number
  attemptedAt: Date
  /** When it was to be attempted, if the one before has failed. */
  dueAt: Date
  /** How many attempts for the subscription have failed in a row. */
  failures: number
  url: string
  salts: { salt: Buffer; previousSalt: Buffer | null; previousUntil: Date | null }
  sealedHeaders: Buffer | null
}
