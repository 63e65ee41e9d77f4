import { type ClientClock, systemClock } from '../clock.ts'
import { InvalidInput } from '../errors.ts'
import { takeId } from '../input.ts'
import type { IdLike } from '../types.ts'
import type { ChatNotification, MessageNotification, NotificationBody } from './chat-notification.ts'
import { type Checks, makeChecks, type Verification } from './verify.ts'

type Handler<What> = (what: What) => unknown

export type ReceiverOptions = {
  /** The name of your integration, 1 to 100 characters; the market shows it. */
  name: string
  /** The version of your integration, 1 to 100 characters; by default 1.0.0. */
  version?: string
  onChatCreated?: Handler<ChatNotification>
  /** A message of anybody, also your own. The market does not notify of stickers. */
  onMessage?: Handler<MessageNotification>
  onDisputeStarted?: Handler<ChatNotification>
  onDisputeFinished?: Handler<ChatNotification>
  /** A notification of another type, as it was received. Its duplicates are not dropped. */
  onOther?: Handler<NotificationBody>
  /**
   * Called for every handler that failed, and, without a notification, when a request cannot be read or verified.
   * By default `console.error`.
   */
  onError?: (error: unknown, notification?: ChatNotification | NotificationBody) => void
  /** Without it, anybody who knows the URL can send notifications. */
  verify?: Verification
  /** The only business that is accepted: notifications of another are answered 400, which the market shows and does not repeat. */
  businessId?: IdLike
  /** How many notifications are remembered, so that their duplicates are dropped; by default 10 000. */
  rememberMost?: number
  clock?: ClientClock
}

/** What is known besides the request. */
export type From = {
  /** The socket's address: needed for `verify.addresses` without a `proxyHeader`. */
  address?: string | undefined
  /** Keeps a worker alive for handlers that go on after the answer: `work => ctx.waitUntil(work)`. */
  waitUntil?: (work: Promise<unknown>) => void
  /** The body, if it was parsed before; then signatures cannot be checked. */
  parsedBody?: unknown
}

/** Receives a notification and answers it; never rejects. */
export type Receive = (request: Request, from?: From) => Promise<Response>

export type Settings = Omit<ReceiverOptions, 'businessId' | 'verify'> &
  Required<Pick<ReceiverOptions, 'version' | 'onError' | 'rememberMost' | 'clock'>> & {
    businessId: bigint | undefined
    checks: Checks
  }

/** Throws InvalidInput. */
export function readOptions({ verify, businessId, ...options }: ReceiverOptions): Settings {
  const { version = '1.0.0', rememberMost = 10_000, onError = tellConsole, clock = systemClock } = options
  for (const [key, text] of Object.entries({ name: options.name, version })) {
    if (typeof text !== 'string' || text.trim() === '' || text.length > 100)
      throw new InvalidInput(`${key} must be a text of 1 to 100 characters`)
  }
  if (!Number.isSafeInteger(rememberMost) || rememberMost < 0) throw new InvalidInput('rememberMost must be 0 or more')
  const only = businessId === undefined ? undefined : takeId(businessId, 'businessId')
  return { ...options, version, rememberMost, onError, clock, businessId: only, checks: makeChecks(verify) }
}

function tellConsole(error: unknown): void {
  console.error('A notification could not be handled:', error)
}
