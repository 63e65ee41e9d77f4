import { historyPageMax, operations, senders } from '#contract'
import type { ClientClock } from './clock.ts'
import { ApiError, ConnectionError, InvalidInput, PrilavokError, SendUnknown, Unavailable } from './errors.ts'
import { inTurn } from './send-once-turns.ts'
import { takeText } from './take-text.ts'
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
} from './types.ts'

/** What of a market sendOnce needs. */
export type SendOncePort = {
  send(chatId: IdLike, text: string, options?: SendOptions): Promise<Sent>
  history(chatId: IdLike, filter?: HistoryFilter, options?: CallOptions): Pages<Message>
  clock: ClientClock
}

type Sending = { port: SendOncePort; chatId: IdLike; text: string; options: SendOnceOptions }
/** The shop's messages of the same text that were there before, and from where to read again. */
type Before = { ids: ReadonlySet<bigint>; from: bigint | undefined }

const [shop] = senders
/** A send whose answer is lost may still be under way; the history is read again after each of these. */
const settleWaitsMs = [0, 500, 1000, 2000, 4000, 8000]

/**
 * Sends a text and finds its message in the history, which is read before and after: `confirmed` is the one message of the
 * shop with this text that was not there before. `notSent` is certain. `unknown` is everything between; it may yet appear,
 * so it is never sent again. With `since` it costs one reading before and one after; without it the whole history is read
 * first, a call for each 100 messages. Sends of one text to one chat wait for each other within a process; the same text
 * that another process sends in these seconds is told apart only by making two, which is `unknown`.
 * Rejects with InvalidInput, and with the signal's reason if it is aborted before the send; after that an abort is `unknown`.
 */
export async function sendOnce(
  port: SendOncePort,
  chatId: IdLike,
  text: string,
  options: SendOnceOptions = {},
): Promise<SentOnce> {
  takeText(text)
  const work = () => sendInTurn({ port, chatId, text, options })
  return inTurn(`${chatId} ${normaliseText(text)}`, options.signal, work)
}

async function sendInTurn(sending: Sending): Promise<SentOnce> {
  const { signal } = sending.options
  signal?.throwIfAborted()
  const before = await readBefore(sending)
  if (before instanceof Error) return { state: 'notSent', why: before }
  signal?.throwIfAborted()
  try {
    await sending.port.send(sending.chatId, sending.text, callOptions(sending.options))
  } catch (error) {
    if (error instanceof InvalidInput) throw error
    if (isCertain(error)) return { state: 'notSent', why: error }
    return settle(sending, before, asError(error))
  }
  return settle(sending, before)
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

/** Refused, or never begun: the message is not there and will not be. */
function isCertain(error: unknown): error is Error {
  if (error instanceof ConnectionError) return error.wasSent === false
  return error instanceof ApiError && !(error instanceof Unavailable)
}

async function settle(sending: Sending, before: Before, doubt?: Error): Promise<SentOnce> {
  let why = doubt ?? tell('it was accepted, and is not in the history yet')
  for (const waitMs of settleWaitsMs) {
    try {
      await sending.port.clock.wait(waitMs, sending.options.signal)
      const { ids } = await readLike(sending, before.from)
      const fresh = [...new Set(ids)].filter(id => !before.ids.has(id))
      if (fresh.length > 1) return { state: 'unknown', why: tell('more than one message of this text has come', doubt) }
      const [messageId] = fresh
      if (messageId !== undefined) return { state: 'confirmed', messageId }
    } catch (error) {
      if (sending.options.signal?.aborted) return { state: 'unknown', why: doubt ?? asError(error) }
      why = doubt ?? asError(error)
    }
  }
  return { state: 'unknown', why }
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
 * A text as it may come back: "some Market systems remove spaces at the beginning and end of a line", halves of surrogate
 * pairs become U+FFFD, line ends and composed letters have two spellings each.
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

function tell(what: string, cause?: Error): Error {
  return new SendUnknown(operations.sendMessageToChat.name, new PrilavokError(what, cause && { cause }))
}

/** A signal's reason may be anything. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : tell('it was aborted')
}
