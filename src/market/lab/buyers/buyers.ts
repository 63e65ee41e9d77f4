import { type BusinessId, type ChatId, idFrom } from '#contract'
import type { Sql } from '#database'
import type { Clock, Logger } from '#kit'
import type { Postbox } from '../../chats/postbox.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { Bus, LiveEvent } from '../../live/bus.ts'
import type { ChatKey } from '../../store/chat-key.ts'
import { findChat } from '../../store/chats.ts'
import {
  endLabBuyer,
  findLabBuyer,
  type LabBuyerId,
  type LabBuyerRow,
  listActingLabBuyers,
  listLabBuyers,
  listUnansweredTestChats,
} from '../../store/lab-buyers.ts'
import { Acting } from './acting.ts'
import { KeyedWork } from './keyed-work.ts'
import { type BuyerRequest, NewBuyers } from './new-buyers.ts'
import type { Next } from './next-act.ts'
import type { Role } from './role.ts'
import { TestChats } from './test-chats.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock; log: Logger; postbox: Postbox; files: FileStore }
type LabBuyersOptions = Needs & { seed: number; onChange: () => void }

export type LabBuyer = LabBuyerRow & { next: Next | undefined }

const maxListed = 200
const againAfterMs = 1_000

/** The simulated buyers of a market: they write to shops and answer them. */
export class LabBuyers {
  readonly #options: LabBuyersOptions
  readonly #newBuyers: NewBuyers
  readonly #testChats: TestChats
  readonly #acting: Acting
  readonly #readings = new KeyedWork<'buyers' | 'test chats'>(1, what => this.#read(what))
  #stopListening: (() => void)[] = []

  constructor(options: LabBuyersOptions) {
    this.#options = options
    this.#newBuyers = new NewBuyers(options)
    this.#testChats = new TestChats(options.sql)
    this.#acting = new Acting({
      ...options,
      testChats: this.#testChats,
      onChatWithoutBuyer: chat => this.#comeToTestChat(chat),
    })
  }

  /** Buyers who had not finished go on from where their chats are. */
  async start(): Promise<void> {
    const { bus } = this.#options
    this.#stopListening = [bus.onEvent(event => this.#onEvent(event)), bus.onGap(() => void this.reload())]
    await this.#readAll()
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopListening.splice(0)) stop()
    await Promise.all([this.#readings.idle(), this.#acting.stop()])
  }

  /** Forgets everything and reads the database again. */
  async reload(): Promise<void> {
    this.#testChats.changed()
    for (const buyer of this.#acting.list()) this.#acting.drop(buyer)
    await this.#readAll()
  }

  /** Resolves when every buyer waits for the clock or for a shop. */
  async settled(): Promise<void> {
    await this.#readings.idle()
    await this.#acting.settled()
  }

  /** Resolves when the buyer has written what is due at once. Throws the problem of a chat that the business does not allow. */
  async create(request: BuyerRequest): Promise<LabBuyer> {
    const buyer = await this.#newBuyers.create(request)
    await this.#acting.take(buyer)
    this.#options.onChange()
    return this.#withNext(buyer)
  }

  /** Sends a buyer into a chat that others have begun, unless the chat has had one. */
  async join(chat: ChatKey, role: Omit<Role, 'seed'>): Promise<void> {
    const buyer = await this.#newBuyers.join(chat, role)
    if (!buyer) return
    void this.#acting.take(buyer)
    this.#options.onChange()
  }

  /** Newest first. */
  async list(businessId: BusinessId): Promise<LabBuyer[]> {
    const rows = await listLabBuyers(this.#options.sql, businessId, maxListed)
    return rows.map(row => this.#withNext(row))
  }

  /** False if there is none. */
  async remove(buyerId: LabBuyerId): Promise<boolean> {
    const { sql, clock, onChange } = this.#options
    const buyer = await findLabBuyer(sql, buyerId)
    if (!buyer) return false
    await endLabBuyer(sql, buyer, { now: clock.now(), isRemoved: true })
    this.#acting.drop(buyer)
    onChange()
    return true
  }

  #withNext(row: LabBuyerRow): LabBuyer {
    return { ...row, next: this.#acting.nextOf(row) }
  }

  #onEvent(event: LiveEvent): void {
    if (event.about === 'chat') this.#onChatEvent(event)
    if (event.about === 'lab') void this.#readings.ask('buyers')
    if (event.about === 'keys') {
      this.#testChats.changed()
      void this.#readings.ask('test chats')
      this.#acting.wakeAll()
    }
  }

  #onChatEvent(event: LiveEvent & { about: 'chat' }): void {
    const chat = { businessId: idFrom<BusinessId>(event.businessId), chatId: idFrom<ChatId>(event.chatId) }
    if (this.#acting.has(chat) || (event.messageId !== null && this.#testChats.mayAnswer(chat.businessId)))
      void this.#acting.wake(chat)
  }

  async #readAll(): Promise<void> {
    await Promise.all([this.#readings.ask('buyers'), this.#readings.ask('test chats')])
  }

  async #read(what: 'buyers' | 'test chats'): Promise<void> {
    try {
      await (what === 'buyers' ? this.#readBuyers() : this.#readTestChats())
    } catch (error) {
      this.#options.log.warn({ err: error }, `${what} of the lab were not read; it is tried again`)
      setTimeout(() => void this.#readings.ask(what), againAfterMs).unref()
    }
  }

  /** Which buyers act: other processes create and remove some. */
  async #readBuyers(): Promise<void> {
    const known = new Map(this.#acting.list().map(buyer => [buyer.buyerId, buyer]))
    const buyers = new Map((await listActingLabBuyers(this.#options.sql)).map(buyer => [buyer.buyerId, buyer]))
    for (const [id, buyer] of known) if (!buyers.has(id)) this.#acting.drop(buyer)
    for (const [id, buyer] of buyers) if (!known.has(id)) void this.#acting.take(buyer)
  }

  /** Wakes the test chats in which shops have written while nobody listened, or while nobody was to answer. */
  async #readTestChats(): Promise<void> {
    for (const chat of await listUnansweredTestChats(this.#options.sql)) void this.#acting.wake(chat)
  }

  /** If the business lets test chats answer, a patient buyer comes when a shop writes in one first. */
  async #comeToTestChat({ businessId, chatId }: ChatKey): Promise<void> {
    if (!(await this.#testChats.doAnswer(businessId))) return
    const chat = await findChat(this.#options.sql, businessId, chatId)
    if (!chat?.fake || chat.status !== 'waiting_for_customer') return
    await this.join({ businessId, chatId }, { persona: 'patient', intent: 'where-is-my-order' })
  }
}
