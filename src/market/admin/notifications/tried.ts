import { int32, NotificationFailure, type Static, Type } from '#contract'
import type { Sent, Target } from '../../notify/sender.ts'
import { openHeaders } from '../../notify/subscription-headers.ts'
import { secretsOf } from '../../notify/subscription-secret.ts'
import type { SubscriptionRow } from '../../store/subscriptions.ts'
import type { SubscriptionNeeds } from './one-subscription.ts'
import { failureView } from './subscription-view.ts'

/** What became of something that was sent to try a receiver. */
export const Tried = Type.Object({
  ok: Type.Boolean({ description: 'Whether it was answered as it must be.' }),
  durationMs: int32({ description: 'How long that took.' }),
  failure: Type.Optional(NotificationFailure),
})

export function triedView(sent: Sent): Static<typeof Tried> {
  const durationMs = Math.round(sent.durationMs)
  return sent.outcome === 'delivered' ? { ok: true, durationMs } : { ok: false, durationMs, failure: failureView(sent) }
}

/** Where a subscription's notifications go, and with what. */
export function targetOf({ secrets, clock }: SubscriptionNeeds, row: SubscriptionRow): Target {
  const { webhooks } = secrets
  return {
    url: row.url,
    secrets: secretsOf(webhooks, row, clock.now()),
    headers: openHeaders(webhooks, row, row.sealedHeaders),
  }
}
