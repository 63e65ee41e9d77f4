import { historyPageMax } from '#contract'
import type { ClientClock } from '../clock.ts'
import type { Caller } from '../http/caller.ts'
import { takeFile, takeId, takeIdempotencyKey, takeLimit, takeText } from '../input.ts'
import type {
  CallOptions,
  FileLike,
  HistoryFilter,
  IdLike,
  Message,
  Pages,
  SendOnceOptions,
  SendOptions,
  Sent,
  SentOnce,
} from '../types.ts'
import type { Download } from './download.ts'
import { messageFromWire } from './from-wire.ts'
import { makePages, pageOf, pageQuery } from './pages.ts'
import { sendOnce } from './send-once.ts'

export type Messages = {
  /** getChatHistory: the messages of a chat by id, the oldest first. */
  history(chatId: IdLike, filter?: HistoryFilter, options?: CallOptions): Pages<Message>
  /** getChatMessage. */
  get(chatId: IdLike, messageId: IdLike, options?: CallOptions): Promise<Message>
  /** sendMessageToChat. Throws SendUnknown if it is unknown whether it was written; it is not sent again then. */
  send(chatId: IdLike, text: string, options?: SendOptions): Promise<Sent>
  /** sendFileToChat: one file of up to 5 MB, a message of its own. Throws as `send` does. */
  sendFile(chatId: IdLike, file: FileLike, options?: SendOptions): Promise<Sent>
  /** Downloads a file with the key. The caller reads the body; `timeoutMs` does not count that. */
  download: Download
  /** Sends, and reads in the history whether it was written. */
  sendOnce(chatId: IdLike, text: string, options?: SendOnceOptions): Promise<SentOnce>
}

const sent: Sent = { state: 'sent' }

type Means = { businessId: bigint; clock: ClientClock; download: Download }

export function makeMessages(caller: Caller, { businessId, clock, download }: Means): Messages {
  const params = { businessId }
  const history: Messages['history'] = (id, filter = {}, options) => {
    const chatId = takeId(id, 'chatId')
    const body = filter.from === undefined ? {} : { messageIdFrom: takeId(filter.from, 'from') }
    const limit = takeLimit(filter.limit, historyPageMax)
    const read = async (token?: string) => {
      const input = { params, query: { chatId, ...pageQuery(limit, token) }, body }
      const { messages, paging } = await caller.result('getChatHistory', input, options)
      return pageOf(messages.map(messageFromWire), paging)
    }
    return makePages({ operation: 'getChatHistory', pagingAt: 'result.paging', read })
  }
  const get: Messages['get'] = async (chatId, messageId, options) => {
    const query = { chatId: takeId(chatId, 'chatId'), messageId: takeId(messageId, 'messageId') }
    return messageFromWire(await caller.result('getChatMessage', { params, query }, options))
  }
  const send: Messages['send'] = async (chatId, text, { idempotencyKey, ...options } = {}) => {
    const query = { chatId: takeId(chatId, 'chatId') }
    const body = { message: takeText(text) }
    const key = takeIdempotencyKey(idempotencyKey)
    await caller.call('sendMessageToChat', { params, query, body, idempotencyKey: key }, options)
    return { ...sent }
  }
  const sendFile: Messages['sendFile'] = async (chatId, fileLike, { idempotencyKey, ...options } = {}) => {
    const query = { chatId: takeId(chatId, 'chatId') }
    const key = takeIdempotencyKey(idempotencyKey)
    const file = await takeFile(fileLike, options.signal)
    await caller.call('sendFileToChat', { params, query, file, idempotencyKey: key }, options)
    return { ...sent }
  }
  const once: Messages['sendOnce'] = (chatId, text, options = {}) =>
    sendOnce({ send, history, clock, isKeyHonoured: () => caller.isKeyHonoured }, chatId, text, options)
  return { history, get, send, sendFile, download, sendOnce: once }
}
