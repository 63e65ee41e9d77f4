/** Every error that this library throws on purpose. None holds a key, a customer's text or a foreign object. */
export class PrilavokError extends Error {
  override name = 'PrilavokError'
}

/** An argument that cannot be right; thrown before any request is made. */
export class InvalidInput extends PrilavokError {
  override name = 'InvalidInput'
}

export type RefusalFacts = {
  /** The published name: getChats, sendMessageToChat, … */
  operation: string
  /** Of HTTP. */
  status: number
  /** For programs; an open set. */
  codes: readonly string[]
  /** For people, as the market wrote them. */
  messages: readonly string[]
  /** What the market's support asks for. */
  traceId: string | undefined
  /** What to do about it. */
  advice?: string
}

/** The market's refusal. Its subclasses say what it means. */
export class ApiError extends PrilavokError {
  override name = 'ApiError'
  readonly operation: string
  readonly status: number
  readonly codes: readonly string[]
  readonly messages: readonly string[]
  readonly traceId: string | undefined
  constructor(facts: RefusalFacts) {
    super(describeRefusal(facts))
    this.operation = facts.operation
    this.status = facts.status
    this.codes = facts.codes
    this.messages = facts.messages
    this.traceId = facts.traceId
  }
}

function describeRefusal({ operation, status, codes, messages, traceId, advice }: RefusalFacts): string {
  const head = `${operation} was refused with ${[status, ...new Set(codes)].join(' ')}`
  const why = messages.length > 0 ? `: ${messages.join('; ').replace(/\.$/, '')}.` : '.'
  return [head + why, advice, traceId && `Trace id ${traceId}.`].filter(Boolean).join(' ')
}

/** 400, and every 4xx that has no class of its own: the request does not fit. */
export class BadRequest extends ApiError {
  override name = 'BadRequest'
}

/** 401: no key, or one that is not known. */
export class Unauthorized extends ApiError {
  override name = 'Unauthorized'
}

/** 403: the key does not open this. */
export class Forbidden extends ApiError {
  override name = 'Forbidden'
}

/** 401 or 403 from another host than the market, where a file lies; it is not sent the key. Yandex.Market's may want the user's OAuth token. */
export class FileForbidden extends Forbidden {
  override name = 'FileForbidden'
  /** Where the file lies: `files.messenger.yandex.net`. */
  readonly host: string
  constructor(facts: Omit<RefusalFacts, 'advice'>, host: string) {
    const advice = `The file lies at ${host}, not at the market: the key is not sent there. It may want the user's OAuth token.`
    super({ ...facts, advice })
    this.host = host
  }
}

/** 404: the market has no such thing, or not for this business. */
export class NotFound extends ApiError {
  override name = 'NotFound'
}

/** The chat is finished, and the market takes nothing more of the shop in it. Final: nothing was written. */
export class ChatClosed extends ApiError {
  override name = 'ChatClosed'
}

/** 420 or 429: a limit is reached, for longer than the client waits. Nothing was done. */
export class RateLimited extends ApiError {
  override name = 'RateLimited'
  /** When the hour ends, if the hourly limit is reached and the market gave its end. */
  readonly until: Date | undefined
  constructor(facts: RefusalFacts, until: Date | undefined) {
    super(facts)
    this.until = until
  }
}

/** 5xx: the market has failed. */
export class Unavailable extends ApiError {
  override name = 'Unavailable'
}

type Lost = {
  operation: string
  /** Whether the request was sent: true and false are certain, undefined is unknown. */
  wasSent: boolean | undefined
  cause?: Error | undefined
}

/** There was no answer: no connection, or it broke. */
export class ConnectionError extends PrilavokError {
  override name = 'ConnectionError'
  readonly operation: string
  readonly wasSent: boolean | undefined
  constructor({ operation, wasSent, cause }: Lost) {
    const what = wasSent === false ? 'could not reach the market' : 'lost its connection to the market'
    super(`${operation} ${what}${cause ? `: ${cause.message}` : ''}`, cause && { cause })
    this.operation = operation
    this.wasSent = wasSent
  }
}

/** The whole answer did not come in time. */
export class TimeoutError extends PrilavokError {
  override name = 'TimeoutError'
  readonly operation: string
  readonly timeoutMs: number
  constructor(operation: string, timeoutMs: number) {
    super(`${operation} had no whole answer after ${timeoutMs} ms`)
    this.operation = operation
    this.timeoutMs = timeoutMs
  }
}

/** Never thrown: it tells that a call waits, since the calls of this hour are used up. */
export class QuotaWait extends PrilavokError {
  override name = 'QuotaWait'
  readonly operation: string
  readonly until: Date
  constructor(operation: string, until: Date) {
    super(`${operation} waits until ${until.toISOString()}: its calls of this hour are used up`)
    this.operation = operation
    this.until = until
  }
}

type Misfit = { operation: string; status: number; path: string; why: string }

/** An answer that does not fit the published contract. */
export class WireError extends PrilavokError {
  override name = 'WireError'
  readonly operation: string
  readonly status: number
  /** What does not fit: `result.chats[3].chatId`; empty if it is the answer as a whole. */
  readonly path: string
  constructor({ operation, status, path, why }: Misfit) {
    super(`The answer to ${operation} (${status}) does not fit the published API: ${path ? `${path} ` : ''}${why}`)
    this.operation = operation
    this.status = status
    this.path = path
  }
}

/** It is unknown whether the message was written. Read the history before you send it again: see `sendOnce`. */
export class SendUnknown extends PrilavokError {
  override name = 'SendUnknown'
  readonly operation: string
  /** Of the send. If the market honours keys, `send` with the same key is safe. */
  readonly idempotencyKey: string
  constructor(operation: string, cause: Error, idempotencyKey: string) {
    super(
      `Nobody can tell whether ${operation} was done (${cause.message}). Read the history before it is sent again.`,
      { cause },
    )
    this.operation = operation
    this.idempotencyKey = idempotencyKey
  }
}
