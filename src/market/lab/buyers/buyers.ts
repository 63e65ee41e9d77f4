import { type BusinessId, type ChatId, idFrom } from '#contract'
import type { Sql } from '#database'
import type { Clock, Logger } from '#kit'
import type { Postbox } from '../../chats/postbox.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { Bus, LiveEvent } from '../../live/bus.ts'
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
import { Acting, type Place } from './acting.ts'
import { Rounds } from './keyed-work.ts'
import { Arrivals, type Wish } from './new-buyers.ts'
import type { Next } from './next-act.ts'
import type { Tale } from './role.ts'
import { TestChats } from './test-chats.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock; log: Logger; postbox: Postbox; files: FileStore }
type Options = Needs & { seed: number; onChange: () => void }

export type LabBuyer = LabBuyerRow & { next: Next | undefined }

const listedMost = 200
const againAfterMs = 1_000

/** The simulated buyers of a market: whoever is here writes to shops, and answers them. */
export class LabBuyers {
  readonly #options: Options
  readonly #arrivals: Arrivals
  readonly #testChats: TestChats
  readonly #acting: Acting
  readonly #readings = new Rounds<'buyers' | 'test chats'>(1, what => this.#read(what))
  #stopListening: (() => void)[] = []

  constructor(options: Options) {
    this.#options = options
    this.#arrivals = new Arrivals(options)
    this.#testChats = new TestChats(options.sql)
    this.#acting = new Acting({
      ...options,
      testChats: this.#testChats,
      onEmptyPlace: place => this.#comeToTestChat(place),
    })
  }

  /** Those who had not finished go on from where their chats are. */
  async start(): Promise<void> {
    const { bus } = this.#options
    this.#stopListening = [bus.onEvent(event => this.#hear(event)), bus.onGap(() => void this.reload())]
    await this.#readAll()
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopListening.splice(0)) stop()
    await Promise.all([this.#readings.idle(), this.#acting.stop()])
  }

  /** Forgets all that it knows and reads the database. */
  async reload(): Promise<void> {
    this.#testChats.changed()
    for (const buyer of this.#acting.list()) this.#acting.drop(buyer)
    await this.#readAll()
  }

  /** Resolves when nobody is about to act but those who wait for the clock or for a shop. */
  async settled(): Promise<void> {
    await this.#readings.idle()
    await this.#acting.settled()
  }

  /** Resolves when the buyer has said what is said at once. Refuses what cannot be played in the cabinet. */
  async create(wish: Wish): Promise<LabBuyer> {
    const buyer = await this.#arrivals.create(wish)
    await this.#acting.take(buyer)
    this.#options.onChange()
    return this.#withNext(buyer)
  }

  /** Gives a chat that others have begun a buyer who answers in it, unless it has had one. */
  async join(place: Place, tale: Omit<Tale, 'seed'>): Promise<void> {
    const buyer = await this.#arrivals.join(place, tale)
    if (!buyer) return
    void this.#acting.take(buyer)
    this.#options.onChange()
  }

  /** Newest first. */
  async list(businessId: BusinessId): Promise<LabBuyer[]> {
    const rows = await listLabBuyers(this.#options.sql, businessId, listedMost)
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

  #hear(event: LiveEvent): void {
    if (event.about === 'chat') this.#hearOfChat(event)
    if (event.about === 'lab') void this.#readings.ask('buyers')
    if (event.about === 'keys') {
      this.#testChats.changed()
      void this.#readings.ask('test chats')
      this.#acting.wakeAll()
    }
  }

  #hearOfChat(event: LiveEvent & { about: 'chat' }): void {
    const place = { businessId: idFrom<BusinessId>(event.businessId), chatId: idFrom<ChatId>(event.chatId) }
    if (this.#acting.has(place) || (event.messageId !== null && this.#testChats.mayAnswer(place.businessId)))
      void this.#acting.wake(place)
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

  /** Who acts: other processes send buyers, and send them away. */
  async #readBuyers(): Promise<void> {
    const known = new Map(this.#acting.list().map(buyer => [buyer.buyerId, buyer]))
    const buyers = new Map((await listActingLabBuyers(this.#options.sql)).map(buyer => [buyer.buyerId, buyer]))
    for (const [id, buyer] of known) if (!buyers.has(id)) this.#acting.drop(buyer)
    for (const [id, buyer] of buyers) if (!known.has(id)) void this.#acting.take(buyer)
  }

  /** What shops have written in test chats while nobody listened, or while nobody was to answer. */
  async #readTestChats(): Promise<void> {
    for (const place of await listUnansweredTestChats(this.#options.sql)) void this.#acting.wake(place)
  }

  /** The setting says that test chats answer: a patient buyer comes when a shop writes in one by itself. */
  async #comeToTestChat({ businessId, chatId }: Place): Promise<void> {
    if (!(await this.#testChats.doAnswer(businessId))) return
    const chat = await findChat(this.#options.sql, businessId, chatId)
    if (!chat?.fake || chat.status !== 'waiting_for_customer') return
    await this.join({ businessId, chatId }, { persona: 'patient', intent: 'where-is-my-order' })
  }
}
