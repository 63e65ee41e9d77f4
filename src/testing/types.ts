/** What a test gives and gets. Declared here in full, so that the package's types need no others. */

/** `'90 seconds'`, `'1 hour'`, `'14 days'`. */
export type Duration = `${number} ${'second' | 'minute' | 'hour' | 'day'}${'' | 's'}`

/** The types of notifications that a shop subscribes to; others may come with a later version. */
export type NotificationType =
  | 'CHAT_CREATED'
  | 'CHAT_MESSAGE_SENT'
  | 'CHAT_ARBITRAGE_STARTED'
  | 'CHAT_ARBITRAGE_FINISHED'

/** Where notifications go: to your program, as the market would call it. */
export type NotifyOptions = {
  /** Your handler's address; it must listen already, for it is asked with a PING. Any address of this machine will do. */
  url: string
  /** What it is told of; everything, if it is not said. */
  types?: readonly NotificationType[]
  /** Called with the secret that signs the notifications (`whsec_…`), before the PING. */
  onSecret?: (secret: string) => unknown
}

export type MarketOptions = {
  /** Your handler. Without it a receiver of the market's own takes everything with 200. */
  notify?: string | NotifyOptions
  /** Whether calls are counted against the published limits of an hour. They are not, unless you say so. */
  rateLimits?: boolean
  /** What chance comes from; 1, if it is not said. */
  seed?: number
}

/** What can go wrong on purpose. */
export type FaultName =
  /** Of calls, before any effect. */
  | 'answer-420'
  | 'answer-500'
  | 'answer-503'
  /** Of calls, before any effect: any published refusal, which `refusal` names. */
  | 'refuse'
  /** Of calls, of notifications: it comes after `delay` of the market's time, which `advance` lets pass. */
  | 'delay-answer'
  | 'delay-notification'
  /** Of calls: what was asked for is done, and its answer is lost. */
  | 'drop-connection'
  /** Of notifications: never sent, sent twice, sent after the next one. */
  | 'drop'
  | 'duplicate'
  | 'reorder'
  /** Of notifications: your handler has taken it, its answer is lost, and the notification comes again a minute later. */
  | 'drop-answer'
  /** Of links to files. */
  | 'url-expired'

export type FaultOptions = {
  /** How many times it happens; once, if it is not said. */
  times?: number
  /** Of faults of calls: the published name of the operation, such as `sendMessageToChat`; any, if it is not said. */
  operation?: string
  /** Of `refuse`: which, by the name that `coverage` gives it, such as `chatClosed`. */
  refusal?: string
  /** Of `delay-answer` and `delay-notification`. */
  delay?: Duration
  /** How often it happens where it could, from 0 to 1; always, if it is not said. */
  probability?: number
}

export type Message = {
  messageId: number
  /** `PARTNER` is the shop. */
  sender: string
  kind: 'text' | 'file' | 'sticker'
  text?: string
  file?: { name: string; size: number; type: string; url: string }
}

/** What a program meets of what production brings to the methods and notifications that it uses. */
export type Coverage = {
  /** Of so many cases so many were met. */
  met: number
  of: number
  /** What was never met; what breaks programs most stands first. */
  missed: Missed[]
}

export type Missed = {
  name: string
  /** Of a refusal: its published words. */
  status?: number
  message?: string
  /** What brings it about, if a fault does: `await market.fault(...missed.fault)`. */
  fault?: [FaultName, FaultOptions]
}

/** Where something was written. */
export type Written = { chatId: number; messageId: number }

export type ExpectOptions = {
  /** Only what tells of this chat. */
  chatId?: number
  /** The status that your handler has answered last. Without it, what it has taken. */
  answered?: number
  /** How long it is waited for; four seconds, if neither this nor `PRILAVOK_TESTING_PATIENCE` says it. */
  within?: Duration
}

/** A notification, and how it went. */
export type Notification = {
  type: NotificationType
  chatId: number
  messageId?: number
  /** What was sent in the header `webhook-id`: a repetition has the same. */
  deliveryId: string
  /** The body, as it was sent. */
  body: Record<string, unknown>
  /** In their order. */
  attempts: { outcome: 'DELIVERED' | 'REFUSED' | 'FAILED'; status?: number }[]
}
