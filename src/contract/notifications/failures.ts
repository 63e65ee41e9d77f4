import { oneOf } from '../schema.ts'
import { type Static, Type } from '../type.ts'
import { keysOf } from '../words.ts'

/** Why an attempt to notify a shop failed, in the published words. */
export const failureKinds = {
  CANT_GET_RESPONSE: [
    'CONNECTION_REFUSED',
    'CONNECTION_TIMED_OUT',
    'HTTP',
    'READ_TIMED_OUT',
    'SSL_ERROR',
    'UNSUPPORTED_MEDIA_TYPE',
    // differs: ours. The address is one that this market does not call: private, local, or not https on port 443.
    'ADDRESS_NOT_ALLOWED',
    // differs: ours. The market's process ended before the answer came.
    'INTERRUPTED',
  ],
  INVALID_RESPONSE: ['CANT_PARSE_RESPONSE', 'INVALID_DATA'],
} as const

export type FailureKind = keyof typeof failureKinds
export type FailureReason = (typeof failureKinds)[FailureKind][number]

export const failureReasons: readonly FailureReason[] = Object.values(failureKinds).flat()

export function failureKindOf(reason: FailureReason): FailureKind {
  return failureKinds.INVALID_RESPONSE.some(known => known === reason) ? 'INVALID_RESPONSE' : 'CANT_GET_RESPONSE'
}

export const NotificationFailure = Type.Object(
  {
    kind: oneOf(keysOf(failureKinds), { description: 'No proper answer, or a wrong one.' }),
    reason: oneOf(failureReasons, { description: 'What exactly went wrong.' }),
    status: Type.Optional(Type.Integer({ description: 'The status of the answer, if there was one.' })),
  },
  { title: 'NotificationFailure', description: 'Why a receiver did not take a notification.' },
)
export type NotificationFailure = Static<typeof NotificationFailure>
