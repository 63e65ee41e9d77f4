import { dateTime, oneOf } from '../schema.ts'
import { type Static, Type } from '../type.ts'

/** How long a shop may take, and what it must answer with status 200. */
export const answerTimeoutMs = 10_000
export const pingTimeoutMs = 1_000

export const NotificationAnswer = Type.Object({
  version: Type.String({ minLength: 1, maxLength: 100, description: "Version of the shop's integration." }),
  name: Type.String({ minLength: 1, maxLength: 100, description: "Name of the shop's integration." }),
  time: dateTime('When the shop began to work on the notification, in UTC.'),
})
export type NotificationAnswer = Static<typeof NotificationAnswer>

export const notificationErrorTypes = ['UNKNOWN', 'WRONG_EVENT_FORMAT', 'DUPLICATED_EVENT'] as const

/** What a shop answers with status 400 (final) or 500 (to be tried again). */
export const NotificationError = Type.Object({
  error: Type.Optional(
    Type.Object({
      type: Type.Optional(oneOf(notificationErrorTypes)),
      message: Type.Optional(Type.String()),
    }),
  ),
})
