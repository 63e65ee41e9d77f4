import {
  dateTime,
  failureKindOf,
  idOf,
  int32,
  type MessageId,
  NotificationFailure,
  notificationTypeOf,
  oneOf,
  onWire,
  type Static,
  Type,
} from '#contract'
import { formatDeliveryId } from '../../notify/delivery-id.ts'
import type { AttemptRow, DeliveryRow } from '../../store/delivery-views.ts'
import { chatId } from '../access/parameters.ts'
import { notificationType, subscriptionId } from './subscription-view.ts'

export const deliveryState = oneOf(['WAITING', 'IN_FLIGHT', 'DELIVERED', 'REFUSED', 'CANCELLED'], {
  description: 'REFUSED: answered with status 400, which is final. CANCELLED: its subscription was disabled or failed.',
})

export const Attempt = Type.Object(
  {
    attempt: int32({ description: 'Counts the attempts of the delivery.' }),
    startedAt: dateTime('When it was begun, UTC.'),
    durationMs: int32({ description: 'How long it took.' }),
    outcome: oneOf(['DELIVERED', 'REFUSED', 'FAILED'], { description: 'What it came to.' }),
    status: Type.Optional(Type.Integer({ description: 'The status of the answer, if there was one.' })),
    failure: Type.Optional(NotificationFailure),
  },
  { title: 'DeliveryAttempt' },
)

export const Delivery = Type.Object(
  {
    deliveryId: Type.String({ description: 'The delivery; the webhook-id of its notification.' }),
    subscriptionId,
    type: notificationType,
    chatId,
    messageId: Type.Optional(idOf<MessageId>('The message that it tells of.')),
    happenedAt: dateTime('When that happened, UTC.'),
    state: deliveryState,
    attempts: Type.Array(Attempt, { description: 'The last ones, newest first.' }),
    attemptCount: int32({ description: 'How many were begun.' }),
  },
  { title: 'Delivery' },
)

export function attemptView(row: AttemptRow): Static<typeof Attempt> {
  const { attempt, startedAt, durationMs, outcome, status, failure } = row
  const answered = status === null ? {} : { status }
  const reason = failure === null ? undefined : onWire(failure)
  return {
    attempt,
    startedAt: startedAt.toISOString(),
    durationMs,
    outcome: onWire(outcome),
    ...answered,
    ...(reason && { failure: { kind: failureKindOf(reason), reason, ...answered } }),
  }
}

export function deliveryView(row: DeliveryRow, attempts: readonly AttemptRow[]): Static<typeof Delivery> {
  const { subscriptionId, type, eventId, chatId, messageId, happenedAt, state, attempt } = row
  const own = attempts.filter(
    one => one.subscriptionId === subscriptionId && one.eventId === eventId && one.type === type,
  )
  return {
    deliveryId: formatDeliveryId(row),
    subscriptionId,
    type: notificationTypeOf[type],
    chatId,
    ...(messageId !== null && { messageId }),
    happenedAt: happenedAt.toISOString(),
    state: onWire(state),
    attempts: own.map(attemptView),
    attemptCount: attempt,
  }
}
