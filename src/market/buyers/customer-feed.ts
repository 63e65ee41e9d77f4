import { serializeJson } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import type { AtMost, Clock, Logger } from '#kit'
import { EventStream } from '#serving'
import type { FileUrl } from '../files/file-url.ts'
import { chatView, messageView } from '../own-apis/views.ts'
import { type ChatKey, serializeChatKey } from '../store/chat-key.ts'
import { findChat } from '../store/chats.ts'
import { type ChangedChat, listChatsChangedSince } from '../store/customers/customer-chats.ts'
import { type CustomerId, listBusinessesOf } from '../store/customers.ts'
import type { Layout } from '../store/layout.ts'
import { findFirstMessageSince, listMessages } from '../store/messages.ts'
import type { Grant } from '../tokens/revocations.ts'
import { type ChatEvent, ChatHints } from './chat-hints.ts'

// Longer than a hint takes from one process to another, and than the clocks of processes differ.
const overlapMs = 15_000
const messagesPerQuery = 50
const chatsPerQuery = 50

/** `reads`: how many feeds may read the database at once. */
export type FeedNeeds = { sql: Sql; layout: Layout; clock: Clock; log: Logger; fileUrl: FileUrl; reads: AtMost }
export type FeedOwner = { customerId: CustomerId; grant: Grant }
/** What the reader has been sent of a chat: its messages up to one; the chat as one transaction left it. */
type SentOfChat = { messageId?: bigint; changedIn?: string }

/** Nobody reads the stream any more: what was to be read for it is not. */
class StreamOver extends Error {
  override name = 'StreamOver'
}

/**
 * What one open stream sends to one customer. The bus only hints at chats: what is sent is read from the database, in each
 * chat every message once and in order. Everything older than `position` minus the overlap has been sent. Only a search of
 * the database moves it on, since hints may be lost.
 */
export class CustomerFeed {
  readonly stream: EventStream
  readonly openedAt: number
  /** Resolves when the stream is closed and nothing is read for it any more. */
  readonly over: Promise<void>
  readonly grant: Grant
  readonly #needs: FeedNeeds
  readonly #customerId: CustomerId
  readonly #since: Date
  #position: number
  /** From when on the database is to be searched; undefined when that is done. */
  #searchSince: Date | undefined
  readonly #hints = new ChatHints()
  #isFollowing = false
  #following = Promise.resolve()
  readonly #sent = new Map<string, SentOfChat>()

  constructor(needs: FeedNeeds, { customerId, grant }: FeedOwner, position: number) {
    this.#needs = needs
    this.grant = grant
    this.#customerId = customerId
    this.#position = position
    this.#since = this.#searchSince = this.#overlapped()
    this.openedAt = this.#now()
    this.stream = new EventStream(`${position}`)
    this.over = new Promise<void>(resolve => this.stream.body.once('close', resolve)).then(() => this.#following)
    this.#follow()
  }

  hint(event: ChatEvent): void {
    this.#hints.add(event)
    this.#follow()
  }

  /** After hints may have been lost: searches again for all that happened since the stream began. */
  reread(): void {
    this.#searchSince = this.#since
    this.#follow()
  }

  /** Shows that the connection is alive, and searches for what nobody hinted at: its writer may have died before. */
  beat(): void {
    this.stream.beat(`${this.#position}`)
    this.#searchSince ??= this.#overlapped()
    this.#follow()
  }

  #overlapped(): Date {
    return new Date(Math.max(this.#position - overlapMs, 0))
  }

  #now(): number {
    return this.#needs.clock.now().getTime()
  }

  #follow(): void {
    if (this.#isFollowing) return
    this.#isFollowing = true
    this.#following = this.#followAll().catch(error => this.#giveUp(error))
  }

  /** Ends the stream. The reader comes back with its position, so nothing is lost. */
  #giveUp(error: unknown): void {
    if (error instanceof StreamOver) return
    if (isDatabaseAway(error)) this.#needs.log.warn({ err: error }, 'the database is away; an event stream is ended')
    else this.#needs.log.error({ err: error }, 'an event stream failed')
    this.stream.end()
  }

  async #followAll(): Promise<void> {
    try {
      while (this.stream.isOpen) {
        if (this.#searchSince) await this.#search(this.#searchSince)
        else if (!this.#hints.isEmpty) await this.#followHints()
        else return
      }
    } finally {
      // No await since the last look for work: whatever comes later starts a new run.
      this.#isFollowing = false
    }
  }

  async #search(since: Date): Promise<void> {
    this.#searchSince = undefined
    const startedAt = this.#now()
    const { layout } = this.#needs
    const businesses = await this.#read(sql => listBusinessesOf(sql, this.#customerId))
    let after: ChangedChat | undefined
    do {
      const page = { since, after, limit: chatsPerQuery }
      const chats = await this.#read(sql => listChatsChangedSince({ sql, layout }, this.#customerId, businesses, page))
      for (const chat of chats) await this.#sendChat(chat)
      after = chats.length === chatsPerQuery ? chats.at(-1) : undefined
    } while (after)
    this.#position = startedAt
  }

  /** One query, in its turn among those of all feeds. Throws StreamOver if by then nobody reads the stream. */
  #read<T>(query: (sql: Sql) => Promise<T>): Promise<T> {
    const { sql, reads } = this.#needs
    return reads.run(async () => {
      if (!this.stream.isOpen) throw new StreamOver()
      return query(sql)
    })
  }

  async #followHints(): Promise<void> {
    for (const hint of this.#hints.takeAll()) {
      const isSent = !hint.isAct && hint.max <= (this.#sent.get(serializeChatKey(hint))?.messageId ?? -1n)
      if (!isSent) await this.#sendChat(hint, hint.min)
    }
  }

  /** Sends the messages that were not sent yet, then the chat as it is after them, if that is new. */
  async #sendChat({ businessId, chatId }: ChatKey, hinted?: bigint): Promise<void> {
    const { fileUrl } = this.#needs
    const key = serializeChatKey({ businessId, chatId })
    let from = await this.#firstUnsent({ businessId, chatId }, hinted)
    while (from !== undefined) {
      const page = { from, limit: messagesPerQuery }
      const rows = await this.#read(sql => listMessages(sql, businessId, chatId, page))
      for (const row of rows) {
        this.#send('message', { businessId, chatId, message: messageView(row, { businessId, chatId }, fileUrl) })
        this.#sent.set(key, { messageId: row.messageId })
      }
      await this.stream.room()
      const last = rows.at(-1)
      from = last && rows.length === messagesPerQuery ? last.messageId + 1n : undefined
    }
    const chat = await this.#read(sql => findChat(sql, businessId, chatId))
    if (!chat || chat.changedIn === this.#sent.get(key)?.changedIn) return
    this.#send('chat', chatView(chat))
    this.#sent.set(key, { ...this.#sent.get(key), changedIn: chat.changedIn })
  }

  async #firstUnsent({ businessId, chatId }: ChatKey, hinted: bigint | undefined): Promise<bigint | undefined> {
    const sent = this.#sent.get(serializeChatKey({ businessId, chatId }))?.messageId
    if (sent !== undefined) return sent + 1n
    const first = await this.#read(sql => findFirstMessageSince(sql, businessId, chatId, this.#since))
    if (first === undefined || hinted === undefined) return first ?? hinted
    return first < hinted ? first : hinted
  }

  #send(event: 'message' | 'chat', data: object): void {
    this.stream.send({ event, id: `${this.#position}`, data: serializeJson(data) })
  }
}
