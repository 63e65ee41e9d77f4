import { createHash } from 'node:crypto'
import type { SubscriptionKey } from '../store/subscriptions.ts'

/** From -1 to 1: by chance for whoever looks at many subscriptions, always the same for each: shops that fail together are not called together. */
export function jitterOf({ businessId, subscriptionId }: SubscriptionKey, failures: number): number {
  const hash = createHash('sha256').update(`${businessId}/${subscriptionId}/${failures}`).digest()
  return hash.readUInt32BE() / 2 ** 31 - 1
}
