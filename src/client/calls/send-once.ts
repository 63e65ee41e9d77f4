import { historyPageMax, senders } from '#contract'
import { asError } from '../as-error.ts'
import type { ClientClock } from '../clock.ts'
import { ApiError, ConnectionError, InvalidInput, PrilavokError, Unavailable } from '../errors.ts'
import { takeIdempotencyKey, takeText } from '../input.ts'
import type {
  CallOptions,
  HistoryFilter,
  IdLike,
  Message,
  Pages,
  SendOnceOptions,
  SendOptions,
  Sent,
  SentOnce,
} from '../types.ts'
import { inTurn } from './send-once-turns.ts'

/** What sendOnce needs of a market. */
export type SendOncePort = {
  send(chatId: IdLike, text: string, options?: SendOptions): Promise<Sent>
  history(chatId: IdLike, filter?: HistoryFilter, options?: CallOptions): Pages<Message>
  /** Whether the market has announced that a send with the same key is the same send. */
  isKeyHonoured(): boolean
  clock: ClientClock
}

type Sending = { port: SendOncePort; chatId: IdLike; text: string; options: SendOnceOptions; idempotencyKey: string }
/** The shop's messages of the same text that were there before, and from where to read again. */
type Before = { ids: ReadonlySet<bigint>; from: bigint | undefined }

const [shop] = senders
/** The history is read again after each of these: a send whose answer is lost may still be under way. */
const settleWaitsMs = [0, 500, 1000, 2000, 4000, 8000]

/**
 * Sends a text and finds its message in the history, which is read before and after: `confirmed` is the one message of the
 * shop with this text that was not there before. `notSent` is certain. Everything else is `unknown`: the message may appear
 * later, so it is sent again only with the same key, and only where the market honours keys.
 * With `since` the history is read from there; without it the whole history is read first, a call for each 100 messages.
 * Sends of one text to one chat wait for each other within a process. If another process sends the same text meanwhile,
 * two messages are found, and the outcome is `unknown`.
 * Rejects with InvalidInput, and with the signal's reason if it is aborted before anything was sent; after that an abort is
 * `unknown`.
 */
export async function sendOnce(
  port: SendOncePort,
  chatId: IdLike,
  text: string,
  options: SendOnceOptions = {},
): Promise<SentOnce> {
  takeText(text)
  const work = () => sendInTurn({ port, chatId, text, options, idempotencyKey: takeIdempotencyKey(undefined) })
  return inTurn(`${chatId} ${normaliseText(text)}`, options.signal, work)
}

async function sendInTurn(sending: Sending): Promise<SentOnce> {
  const { signal } = sending.options
  signal?.throwIfAborted()
  const before = await readBefore(sending)
  if (before instanceof Error) return { state: 'notSent', why: before }
  signal?.throwIfAborted()
  try {
    await send(sending)
  } catch (error) {
    if (error instanceof InvalidInput || (signal?.aborted && error === signal.reason)) throw error
    if (isCertain(error)) return { state: 'notSent', why: error }
    return settle(sending, before, asError(error))
  }
  return settle(sending, before)
}

function send({ port, chatId, text, options, idempotencyKey }: Sending): Promise<Sent> {
  return port.send(chatId, text, { ...callOptions(options), idempotencyKey })
}

async function readBefore(sending: Sending): Promise<Before | Error> {
  const { since, signal } = sending.options
  try {
    const { ids, newest } = await readLike(sending, since)
    return { ids: new Set(ids), from: since === undefined ? newest : BigInt(since) }
  } catch (error) {
    if (signal?.aborted || error instanceof InvalidInput) throw error
    return asError(error)
  }
}

/** The market has refused the send, or the request was not sent: the message will not appear. */
function isCertain(error: unknown): error is Error {
  if (error instanceof ConnectionError) return error.wasSent === false
  return error instanceof ApiError && !(error instanceof Unavailable)
}

/** Reads until the message is there. A send that may not have been done is repeated, if the market honours its key. */
async function settle(sending: Sending, before: Before, doubt?: Error): Promise<SentOnce> {
  const { port, options } = sending
  let isAccepted = doubt === undefined
  let why = doubt ?? accepted('is not in the history yet')
  for (const waitMs of settleWaitsMs) {
    try {
      await port.clock.wait(waitMs, options.signal)
      const found = await findFresh(sending, before, why)
      if (found) return found
      if (isAccepted || !port.isKeyHonoured()) continue
      await send(sending)
      isAccepted = true
      why = accepted('is not in the history yet')
      const written = await findFresh(sending, before, why)
      if (written) return written
    } catch (error) {
      if (isAccepted) why = accepted('cannot be looked up in the history', error)
      if (options.signal?.aborted) return { state: 'unknown', why }
    }
  }
  return { state: 'unknown', why }
}

async function findFresh(sending: Sending, before: Before, why: Error): Promise<SentOnce | undefined> {
  const { ids } = await readLike(sending, before.from)
  const [messageId, ...others] = new Set(ids.filter(id => !before.ids.has(id)))
  if (messageId === undefined) return undefined
  if (others.length === 0) return { state: 'confirmed', messageId }
  return { state: 'unknown', why: new PrilavokError('More than one message of this text has come.', { cause: why }) }
}

type Like = { ids: bigint[]; newest: bigint | undefined }

async function readLike({ port, chatId, text, options }: Sending, from: IdLike | undefined): Promise<Like> {
  const filter = { limit: historyPageMax, ...(from !== undefined && { from }) }
  const like: Like = { ids: [], newest: undefined }
  const wanted = normaliseText(text)
  for await (const { messageId, sender, text: other } of port.history(chatId, filter, callOptions(options))) {
    if (like.newest === undefined || messageId > like.newest) like.newest = messageId
    if (sender === shop && other !== undefined && normaliseText(other) === wanted) like.ids.push(messageId)
  }
  return like
}

/**
 * Equal for all forms in which the market may give a text back: "some Market systems remove spaces at the beginning and end
 * of a line", halves of surrogate pairs become U+FFFD, line ends and composed letters have two forms each.
 */
export function normaliseText(text: string): string {
  const lines = text
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
  return lines
    .map(line => line.trim())
    .join('\n')
    .trim()
}

function callOptions({ signal, urgency = 'person' }: SendOnceOptions): CallOptions {
  return { urgency, ...(signal && { signal }) }
}

function accepted(what: string, thrown?: unknown): Error {
  const cause = thrown === undefined ? undefined : asError(thrown)
  return new PrilavokError(`The market has accepted the message, which ${what}${cause ? `: ${cause.message}` : '.'}`, {
    ...(cause && { cause }),
  })
}
