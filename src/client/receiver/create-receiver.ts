import { parseJson } from '#contract'
import type { ClientClock } from '../clock.ts'
import { acceptance, Refused, refusal } from './answers.ts'
import { parseBody, readBody } from './body.ts'
import type { ChatNotification, NotificationBody } from './chat-notification.ts'
import { Misconfigured } from './misconfigured.ts'
import { hasRoundedId, readNotification } from './notification.ts'
import { type From, type Receive, type ReceiverOptions, readOptions, type Settings } from './receiver-options.ts'
import { Recent } from './recent.ts'

/** The answer is given after this time, even if the handler is still at work. The market waits 10 s, 1 s for a PING. */
const answerWithinMs = 800

/** The work for one notification. Without a key its duplicates cannot be recognised. */
type Task = { key?: string; about: ChatNotification | NotificationBody; work: () => unknown }

/**
 * Makes the function that takes notifications: fetch's Request in, Response out, as Hono, Next, Deno, Bun and workers have it;
 * for others see `toNodeHandler` and `toFastifyHandler`. Throws InvalidInput for options that cannot be right.
 *
 * A handler is started at once; the answer waits for it, 800 ms at most. If it fails in this time, the answer is 500 and the
 * market repeats the notification; if it fails later, only `onError` is called. A duplicate (same type, chat and message, or
 * time) gets the answer of the first one, and is handled again only if that failed.
 *
 * Answers: 200 as published; 400 for what is no notification or is of another business (the market does not repeat it); 403 for
 * a sender that is not trusted (the market repeats it, so nothing is lost while a secret is corrected); 405 for what is no POST;
 * 413 above 64 KB; 500 for a handler that failed.
 */
export function createReceiver(options: ReceiverOptions): Receive {
  const settings = readOptions(options)
  const recent = new Recent(settings.rememberMost)
  return async (request, from = {}) => {
    const time = settings.clock.now().toISOString()
    try {
      const task = taskOf(settings, await readTrusted(settings, request, from))
      if (task !== undefined) await finish(settings, from, start(settings, recent, task))
      return acceptance({ version: settings.version, name: settings.name, time })
    } catch (error) {
      return refusal(error instanceof Refused ? error : failureOf(settings, error))
    }
  }
}

/** The parsed body, if the sender is trusted. */
async function readTrusted({ checks, clock }: Settings, request: Request, from: From): Promise<unknown> {
  if (request.method !== 'POST') throw new Refused('notPost', 'Notifications are POSTed')
  checks.address?.(request.headers, from.address)
  if (from.parsedBody !== undefined) return takeParsed(checks.signature !== undefined, from.parsedBody)
  if (request.bodyUsed)
    throw new Misconfigured('The body was read before: give the receiver a request that nobody has read')
  const bytes = await readBody(request)
  if (!isUnsignedPing(request.headers, bytes)) await checks.signature?.(request.headers, bytes, clock.now())
  return parseBody(bytes)
}

/** A PING has some 80 bytes. More is not read before its sender is trusted. */
const pingMaxBytes = 1024

/**
 * The first PING of a subscription comes before its secret is known to anybody. It starts nothing, so whoever makes one up is
 * told the name and the version of the integration, and no more.
 */
function isUnsignedPing(headers: Headers, bytes: Uint8Array): boolean {
  if (headers.has('webhook-signature') || bytes.length > pingMaxBytes) return false
  const body = parseJson(new TextDecoder().decode(bytes))
  return body.ok && readNotification(body.value).kind === 'ping'
}

function takeParsed(isSignatureWanted: boolean, body: unknown): unknown {
  const remedy = 'mount the receiver before the JSON parser, or keep the text as request.rawBody'
  if (isSignatureWanted)
    throw new Misconfigured(`A signature is of the body's exact text, which was parsed away: ${remedy}`)
  if (hasRoundedId(body)) throw new Misconfigured(`An id beyond 2^53 was rounded by whoever parsed the body: ${remedy}`)
  return body
}

/** Undefined if there is no handler for it. */
function taskOf(settings: Settings, body: unknown): Task | undefined {
  const read = readNotification(body)
  switch (read.kind) {
    case 'ping':
      return undefined
    case 'wrong':
      throw new Refused('wrongEvent', `This is no notification: ${read.why}`)
    case 'other':
      return taskFor(read.body, settings.onOther)
    case 'message_sent':
      return keyed(settings, read.notification, taskFor(read.notification, settings.onMessage))
    case 'chat_created':
      return keyed(settings, read.notification, taskFor(read.notification, settings.onChatCreated))
    case 'dispute_started':
      return keyed(settings, read.notification, taskFor(read.notification, settings.onDisputeStarted))
    case 'dispute_finished':
      return keyed(settings, read.notification, taskFor(read.notification, settings.onDisputeFinished))
  }
}

function taskFor<What extends Task['about']>(about: What, handle?: (what: What) => unknown): Task | undefined {
  return handle === undefined ? undefined : { about, work: () => handle(about) }
}

function keyed({ businessId: only }: Settings, told: ChatNotification, task: Task | undefined): Task | undefined {
  const { type, businessId, chatId, messageId, at } = told
  if (only !== undefined && only !== businessId)
    throw new Refused('wrongEvent', `This receiver is for business ${only}, not for ${businessId}`)
  return task && { ...task, key: [type, businessId, chatId, messageId ?? at.getTime()].join(' ') }
}

/** Resolves to true if the handler has not failed. */
function start(settings: Settings, recent: Recent, { key, about, work }: Task): Promise<boolean> {
  const handle = async () => {
    try {
      await work()
      return true
    } catch (error) {
      tell(settings, error, about)
      return false
    }
  }
  return key === undefined ? handle() : recent.once(key, handle)
}

/** Throws if the work fails in time. */
async function finish({ clock }: Settings, { waitUntil }: From, work: Promise<boolean>): Promise<void> {
  if (typeof waitUntil === 'function') waitUntil(work)
  const isHandled = await Promise.race([work, late(clock, work)])
  if (!isHandled) throw new Refused('failed', 'The notification could not be handled now')
}

/** True when the time is over. The timer ends with the work. */
async function late(clock: ClientClock, work: Promise<boolean>): Promise<boolean> {
  const over = new AbortController()
  void work.then(() => over.abort())
  return clock.wait(answerWithinMs, over.signal).then(
    () => true,
    () => work,
  )
}

function failureOf(settings: Settings, error: unknown): Refused {
  tell(settings, error)
  return new Refused('failed', error instanceof Misconfigured ? error.message : 'The request could not be read')
}

function tell({ onError }: Settings, error: unknown, about?: Task['about']): void {
  try {
    onError(error, about)
  } catch (another) {
    console.error('onError of the receiver failed:', another)
  }
}
