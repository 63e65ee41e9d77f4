import { createHmac, randomBytes } from 'node:crypto'
import type { SubscriptionKey } from '../store/subscriptions.ts'

const saltBytes = 16
const prefix = 'whsec_'

/** Random; the secret of a subscription is derived from it, and a new one changes the secret. */
export function makeSalt(): Buffer {
  return randomBytes(saltBytes)
}

/** What a subscription's notifications are signed with: derived from the server's key, never stored. */
export function deriveSecret(key: Buffer, { businessId, subscriptionId }: SubscriptionKey, salt: Buffer): Buffer {
  return createHmac('sha256', key).update(`${businessId}/${subscriptionId}/`).update(salt).digest()
}

/** As it is shown to the shop, once: the form of Standard Webhooks. */
export function formatSecret(secret: Buffer): string {
  return `${prefix}${secret.toString('base64')}`
}

type Salts = { salt: Buffer; previousSalt: Buffer | null; previousUntil: Date | null }

/** The secrets that sign now, newest first: for a day after a rotation the previous one signs too. */
export function secretsOf(key: Buffer, subscription: SubscriptionKey & Salts, now: Date): Buffer[] {
  const { salt, previousSalt, previousUntil } = subscription
  const isOverlapping = previousSalt !== null && previousUntil !== null && now < previousUntil
  return (isOverlapping ? [salt, previousSalt] : [salt]).map(each => deriveSecret(key, subscription, each))
}
