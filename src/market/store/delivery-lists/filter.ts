import type { ChatEventType, ChatId } from '#contract'
import type { DeliveryKey, DeliveryState } from '../deliveries.ts'
import type { SubscriptionId } from '../subscriptions.ts'

export type DeliveryFilter = {
  state?: DeliveryState | undefined
  type?: ChatEventType | undefined
  chatId?: ChatId | undefined
  subscriptionId?: SubscriptionId | undefined
}

export type DeliveryPosition = Pick<DeliveryKey, 'eventId' | 'type' | 'subscriptionId'>
/** `maxLooked`: how many rows of a subscription, or of a chat, are looked through for what no index has. */
export type DeliveriesPage = { before: DeliveryPosition | undefined; limit: number; maxLooked: number }
