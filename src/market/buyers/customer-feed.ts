import { type BusinessId, type ChatId, idFrom, serializeJson } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import type { AtMost, Clock, Logger } from '#kit'
import { EventStream } from '#serving'
import type { FileUrl } from '../files/file-url.ts'
import type { LiveEvent } from '../live/bus.ts'
import { chatView, messageView } from '../own-apis/views.ts'
import { findChat, listChatsChangedSince } from '../store/chats.ts'
import { type CustomerId, listBusinessesOf } from '../store/customers.ts'
import { findFirstMessageSince, listMessages } from '../store/messages.ts'

// Longer than a word takes from one process to another, and than their clocks differ.
const overlapMs = 15_000
const messagesAtATime = 50

/** `looks`: of how many feeds at a time the database is looked through. */
export type FeedNeeds = { sql: Sql; clock: Clock; log: Logger; fileUrl: FileUrl; looks: AtMost }
type Hint = Extract<LiveEvent, { about: 'chat' }>
type Place = { businessId: BusinessId; chatId: ChatId }
type Hinted = Place & { least: bigint | undefined; newest: bigint; isAct: boolean }
/** What the reader has been told of a chat: its messages up to one, itself as one transaction left it. */
type Told = { messageId?: bigint; changedIn?: string }

/**
 * What one open stream tells one customer. The bus only hints at chats; what is told is read from the database, in each
 * chat every message once and in order. `position` is a moment before which, less the overlap, everything has been told:
 * only looking through the database moves it on, since hints may be lost.
 */
export class CustomerFeed {
  readonly stream: EventStream
  readonly openedAt: number
  readonly #needs: FeedNeeds
  readonly #customerId: CustomerId
  readonly #since: Date
  #position: number
  /** From when on the database is to be looked through; undefined when that is done. */
  #lookSince: Date | undefined
  #hinted = new Map<string, Hinted>()
  #isFollowing = false
  readonly #told = new Map<string, Told>()

  constructor(needs: FeedNeeds, customerId: CustomerId, position: number) {
    this.#needs = needs
    this.#customerId = customerId
    this.#position = position
    this.#since = this.#lookSince = this.#overlapped()
    this.openedAt = this.#now()
    this.stream = new EventStream(`${position}`)
    this.#follow()
  }

  hint({ businessId, chatId, messageId }: Hint): void {
    const key = `${businessId}/${chatId}`
    const place = { businessId: idFrom<BusinessId>(businessId), chatId: idFrom<ChatId>(chatId) }
    const hinted = this.#hinted.get(key) ?? { ...place, least: undefined, newest: 0n, isAct: false }
    if (messageId === null) hinted.isAct = true
    else {
      const id = BigInt(messageId)
      if (hinted.least === undefined || id < hinted.least) hinted.least = id
      if (id > hinted.newest) hinted.newest = id
    }
    this.#hinted.set(key, hinted)
    this.#follow()
  }

  /** Hints may have been lost: all that happened since the stream began is looked through again. */
  reread(): void {
    this.#lookSince = this.#since
    this.#follow()
  }

  /** Shows that the line is alive, and looks for what nobody hinted at: whoever wrote it may have died before. */
  beat(): void {
    this.stream.beat(`${this.#position}`)
    this.#lookSince ??= this.#overlapped()
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
    void this.#followAll().catch(error => this.#giveUp(error))
  }

  /** The reader comes back with its position, and nothing is lost. */
  #giveUp(error: unknown): void {
    if (isDatabaseAway(error)) this.#needs.log.warn({ err: error }, 'the database is away; an event stream is ended')
    else this.#needs.log.error({ err: error }, 'an event stream failed')
    this.stream.end()
  }

  async #followAll(): Promise<void> {
    try {
      while (this.stream.isOpen) {
        if (this.#lookSince) await this.#lookThrough(this.#lookSince)
        else if (this.#hinted.size > 0) await this.#followHints()
        else return
      }
    } finally {
      // At once with the last question whether there is work, so that the next one starts anew.
      this.#isFollowing = false
    }
  }

  async #lookThrough(since: Date): Promise<void> {
    const { sql, looks } = this.#needs
    this.#lookSince = undefined
    const begun = this.#now()
    const chats = await looks.run(async () => {
      const businesses = await listBusinessesOf(sql, this.#customerId)
      return listChatsChangedSince(sql, this.#customerId, businesses, since)
    })
    for (const chat of chats) await this.#tell(chat)
    this.#position = begun
  }

  async #followHints(): Promise<void> {
    const hinted = [...this.#hinted.entries()]
    this.#hinted = new Map()
    for (const [key, chat] of hinted) {
      const isTold = !chat.isAct && chat.newest <= (this.#told.get(key)?.messageId ?? -1n)
      if (!isTold) await this.#tell(chat, chat.least)
    }
  }

  /** The messages that have not been told, then the chat as it is after them, unless it was told so. */
  async #tell({ businessId, chatId }: Place, hinted?: bigint): Promise<void> {
    const { sql, fileUrl } = this.#needs
    const key = `${businessId}/${chatId}`
    let from = await this.#firstUntold({ businessId, chatId }, hinted)
    while (from !== undefined && this.stream.isOpen) {
      const rows = await listMessages(sql, businessId, chatId, { from, limit: messagesAtATime })
      for (const row of rows) {
        this.#send('message', { businessId, chatId, message: messageView(row, { businessId, chatId }, fileUrl) })
        this.#told.set(key, { messageId: row.messageId })
      }
      await this.stream.room()
      const last = rows.at(-1)
      from = last && rows.length === messagesAtATime ? last.messageId + 1n : undefined
    }
    const chat = this.stream.isOpen ? await findChat(sql, businessId, chatId) : undefined
    if (!chat || chat.changedIn === this.#told.get(key)?.changedIn) return
    this.#send('chat', chatView(chat))
    this.#told.set(key, { ...this.#told.get(key), changedIn: chat.changedIn })
  }

  async #firstUntold({ businessId, chatId }: Place, hinted: bigint | undefined): Promise<bigint | undefined> {
    const told = this.#told.get(`${businessId}/${chatId}`)?.messageId
    if (told !== undefined) return told + 1n
    const first = await findFirstMessageSince(this.#needs.sql, businessId, chatId, this.#since)
    if (first === undefined || hinted === undefined) return first ?? hinted
    return first < hinted ? first : hinted
  }

  #send(event: 'message' | 'chat', data: object): void {
    this.stream.send({ event, id: `${this.#position}`, data: serializeJson(data) })
  }
}
