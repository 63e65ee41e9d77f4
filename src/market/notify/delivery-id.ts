import { randomBytes } from 'node:crypto'
import { type BusinessId, chatEvents, idFrom, parseInt64 } from '#contract'
import type { DeliveryKey } from '../store/deliveries.ts'
import type { SubscriptionId } from '../store/subscriptions.ts'

/** The key as one opaque text, the same for every attempt: the id of the notification, and of the delivery in the admin API. */
export function formatDeliveryId({ businessId, subscriptionId, eventId, type }: DeliveryKey): string {
  return Buffer.from(`${businessId}/${subscriptionId}/${eventId}/${type}`).toString('base64url')
}

/** Undefined if it is not such a text, letter for letter. */
export function readDeliveryId(text: string): DeliveryKey | undefined {
  const parts = pattern.exec(Buffer.from(text, 'base64url').toString())?.groups ?? {}
  const { business = '', subscription = '', event = '' } = parts
  const type = chatEvents.find(known => known === parts['type'])
  if (!type || [business, subscription, event].some(id => parseInt64(id) === undefined)) return undefined
  const key: DeliveryKey = {
    businessId: idFrom<BusinessId>(business),
    subscriptionId: idFrom<SubscriptionId>(subscription),
    eventId: BigInt(event),
    type,
  }
  return formatDeliveryId(key) === text ? key : undefined
}

const pattern = /^(?<business>[1-9]\d*)\/(?<subscription>[1-9]\d*)\/(?<event>[1-9]\d*)\/(?<type>\w+)$/

const ping = 'ping_'

/** The id of a PING, which no other has. */
export function makePingId(): string {
  return `${ping}${randomBytes(12).toString('base64url')}`
}

/** The id of a sample, which is no delivery. */
export function makeSampleId(): string {
  return `sample_${randomBytes(12).toString('base64url')}`
}

export function isPingId(id: string): boolean {
  return id.startsWith(ping)
}
