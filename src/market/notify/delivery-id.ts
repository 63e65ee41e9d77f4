import { type BusinessId, chatEvents, parseInt64 } from '#contract'
import type { DeliveryKey } from '../store/delivery-key.ts'
import type { SubscriptionId } from '../store/subscriptions.ts'

/** The key as one opaque text, the same for every attempt: the id of the notification, and of the delivery in the admin API. */
export function formatDeliveryId({ businessId, subscriptionId, eventId, type }: DeliveryKey): string {
  return Buffer.from(`${businessId}/${subscriptionId}/${eventId}/${type}`).toString('base64url')
}

/** Undefined if it is not such a text, letter for letter. */
export function readDeliveryId(text: string): DeliveryKey | undefined {
  const parts = pattern.exec(Buffer.from(text, 'base64url').toString())?.groups ?? {}
  const [businessId, subscriptionId, eventId] = ['business', 'subscription', 'event'].map(part =>
    parseInt64(parts[part] ?? ''),
  )
  const type = chatEvents.find(known => known === parts['type'])
  if (businessId === undefined || subscriptionId === undefined || eventId === undefined || !type) return undefined
  const key: DeliveryKey = {
    businessId: businessId as BusinessId, // above nought, as the pattern says
    subscriptionId: subscriptionId as SubscriptionId, // likewise
    eventId,
    type,
  }
  return formatDeliveryId(key) === text ? key : undefined
}

const pattern = /^(?<business>[1-9]\d*)\/(?<subscription>[1-9]\d*)\/(?<event>[1-9]\d*)\/(?<type>\w+)$/
