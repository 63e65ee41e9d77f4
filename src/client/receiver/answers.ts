import { type NotificationAnswer, type notificationErrorTypes, serializeJson } from '#contract'

type ReceiverRefusal = {
  status: number
  type: (typeof notificationErrorTypes)[number]
  headers?: Record<string, string>
}

/** The market repeats a notification after every answer but 200 and 400, so 400 is for what can never be taken. */
const refusals = {
  wrongEvent: { status: 400, type: 'WRONG_EVENT_FORMAT' },
  notTrusted: { status: 403, type: 'UNKNOWN' },
  notPost: { status: 405, type: 'UNKNOWN', headers: { allow: 'POST' } },
  tooLarge: { status: 413, type: 'WRONG_EVENT_FORMAT' },
  failed: { status: 500, type: 'UNKNOWN' },
} as const satisfies Record<string, ReceiverRefusal>

/** Why a request is not taken. The market shows the message in its log. */
export class Refused extends Error {
  override name = 'Refused'
  readonly reason: keyof typeof refusals

  constructor(reason: keyof typeof refusals, message: string) {
    super(message)
    this.reason = reason
  }
}

/** The published answer to a notification that was taken. */
export function acceptance({ version, name, time }: NotificationAnswer): Response {
  return answer(200, { version, name, time })
}

/** The published error, with the status of its reason. */
export function refusal({ reason, message }: Refused): Response {
  const { status, type, headers }: ReceiverRefusal = refusals[reason]
  return answer(status, { error: { type, message } }, headers)
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(serializeJson(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}
