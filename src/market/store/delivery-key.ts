import type { BusinessId, ChatEventType } from '#contract'
import type { SubscriptionId } from './subscriptions.ts'

/** The natural key of a delivery: who is told of what. */
export type DeliveryKey = {
  businessId: BusinessId
  subscriptionId: SubscriptionId
  /** The message, the chat or the dispute's event. */
  eventId: bigint
  type: ChatEventType
}
