import type { Asking } from './asking.ts'
import type { Opened } from './link/protocol.ts'
import type { NotifyOptions } from './types.ts'

/** Subscribes a handler, as a shop does: its secret is told first, then it must answer a signed PING. Throws if it does not. */
export async function subscribe(ask: Asking, market: Opened, notify: string | NotifyOptions): Promise<void> {
  const { url, types = market.types, onSecret } = typeof notify === 'string' ? { url: notify } : notify
  const subscriptions = `/admin/v1/businesses/${market.businessId}/subscriptions`
  const wanted = { name: 'tests', url, types, isEnabled: false }
  const made = await ask<{ subscription: { subscriptionId: number }; secret: string }>(`POST ${subscriptions}`, wanted)
  await onSecret?.(made.secret)
  await ask(`POST ${subscriptions}/${made.subscription.subscriptionId}/enable`)
}
