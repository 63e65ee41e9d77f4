import {
  type ChatNotificationType,
  chatNotificationTypes,
  dateTime,
  failureKindOf,
  idOf,
  int32,
  type NotificationFailure,
  notificationTypeOf,
  oneOf,
  onWire,
  type Static,
  Type,
} from '#contract'
import type { Sent } from '../../notify/sender.ts'
import { maxHeaders } from '../../notify/subscription-headers.ts'
import type { WatchedSubscription } from '../../store/subscription-admin.ts'
import type { SubscriptionId } from '../../store/subscriptions.ts'
import { businessId, createdAt } from '../access/parameters.ts'

export const subscriptionId = idOf<SubscriptionId>('The subscription.')
export const OfSubscription = Type.Object({ businessId, subscriptionId })

export const subscriptionName = Type.String({ minLength: 1, maxLength: 200, description: 'What people call it.' })
export const url = Type.String({ minLength: 1, maxLength: 2048, description: 'Where notifications are posted to.' })
export const notificationType = oneOf(chatNotificationTypes, { description: 'A type of notification.' })
export const types = Type.Unsafe<ChatNotificationType[]>({
  type: 'array',
  items: notificationType,
  minItems: 1,
  uniqueItems: true,
  description: 'What it is told of.',
})

const headerName = Type.String({ minLength: 1, maxLength: 100, description: 'The name of a header.' })

/** Headers as a request gives them. */
export const headers = Type.Array(
  Type.Object({
    name: headerName,
    value: Type.Optional(
      Type.String({ minLength: 1, maxLength: 4096, description: 'Never shown again. Left out: as it is.' }),
    ),
  }),
  {
    maxItems: maxHeaders,
    description:
      'Sent with each notification and with PING: a password for a gateway, say. None that the market sends itself.',
  },
)

export const Subscription = Type.Object(
  {
    subscriptionId,
    name: subscriptionName,
    url,
    types,
    headers: Type.Array(Type.Object({ name: headerName }), { description: 'Sent with each; values are never shown.' }),
    state: oneOf(['ENABLED', 'DISABLED', 'FAILED'], { description: 'FAILED: disabled after 14 days of failures.' }),
    stateSince: dateTime('Since when it is in this state, UTC.'),
    createdAt,
    waiting: int32({ description: 'How many notifications wait for it; 10000: so many or more.' }),
    cancelled: int32({ description: 'How many were cancelled so far, because it was disabled or failed.' }),
    failures: int32({ description: 'How many attempts in a row have failed.' }),
    failingSince: Type.Optional(dateTime('When the first of them was made, UTC. Left out if none has failed.')),
    nextAttemptAt: Type.Optional(dateTime('When the next one is made, UTC. Left out unless it fails.')),
    lastDeliveredAt: Type.Optional(dateTime('When it last took a notification, UTC. Left out if it never did.')),
    previousSecretUntil: Type.Optional(dateTime('Until when the secret before this one signs too, UTC.')),
  },
  { title: 'Subscription' },
)

export function subscriptionView(row: WatchedSubscription, now: Date): Static<typeof Subscription> {
  const { subscriptionId, name, url, state, waiting, cancelled, failures, failingSince, lastDeliveredAt } = row
  const isTriedAgain = state === 'enabled' && failures > 0 && waiting > 0
  const overlap = row.previousUntil !== null && row.previousUntil > now ? row.previousUntil : undefined
  return {
    subscriptionId,
    name,
    url,
    types: row.types.map(type => notificationTypeOf[type]),
    headers: row.headerNames.map(name => ({ name })),
    state: onWire(state),
    stateSince: row.stateSince.toISOString(),
    createdAt: row.createdAt.toISOString(),
    waiting,
    cancelled,
    failures,
    ...(failingSince && { failingSince: failingSince.toISOString() }),
    ...(isTriedAgain && { nextAttemptAt: row.dueAt.toISOString() }),
    ...(lastDeliveredAt && { lastDeliveredAt: lastDeliveredAt.toISOString() }),
    ...(overlap && { previousSecretUntil: overlap.toISOString() }),
  }
}

/** Why an attempt did not deliver. A status 400, which refuses a notification, is a wrong answer to PING. */
export function failureView(sent: Exclude<Sent, { outcome: 'delivered' }>): NotificationFailure {
  const reason = sent.outcome === 'refused' ? 'HTTP' : sent.failure
  return { kind: failureKindOf(reason), reason, ...(sent.status !== undefined && { status: sent.status }) }
}
