import { createHash } from 'node:crypto'
import type { SubscriptionKey } from '../store/subscriptions.ts'

/** From -1 to 1, always the same for a subscription and its count of failures, different between subscriptions: so shops that fail together are not tried together. */
export function jitterOf({ businessId, subscriptionId }: SubscriptionKey, failures: number): number {
  const hash = createHash('sha256').update(`${businessId}/${subscriptionId}/${failures}`).digest()
  return hash.readUInt32BE() / 2 ** 31 - 1
}
