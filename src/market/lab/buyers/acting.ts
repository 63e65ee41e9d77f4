import { type BusinessId, type ChatId, idFrom } from '#contract'
import type { Sql } from '#database'
import type { Clock, Logger } from '#kit'
import type { Postbox } from '../../chats/postbox.ts'
import type { FileStore } from '../../files/file-store.ts'
import { endLabBuyer, type LabBuyerRow, lockLabBuyer } from '../../store/lab-buyers.ts'
import { type Coming, whatComes } from './find-next.ts'
import { Rounds } from './keyed-work.ts'
import type { Next } from './next-act.ts'
import { perform } from './perform.ts'
import type { TestChats } from './test-chats.ts'

export type Place = { businessId: BusinessId; chatId: ChatId }
type PlaceId = string

type Needs = { sql: Sql; clock: Clock; log: Logger; postbox: Postbox; files: FileStore; testChats: TestChats }
type Options = Needs & {
  onChange: () => void
  /** Nobody speaks for the customer of a chat that was asked about: whoever comes in has to be told of by `take`. */
  onEmptyPlace: (place: Place) => Promise<void>
}

// Each act holds one connection while it is done and needs another for it.
const actingMost = 3
const againAfterMs = 1_000

/** The buyers who act in this process, each by what is in the chat: at the moment that comes next, and when something happens. */
export class Acting {
  readonly #options: Options
  readonly #buyers = new Map<PlaceId, LabBuyerRow>()
  readonly #next = new Map<PlaceId, Next>()
  readonly #alarms = new Map<PlaceId, () => void>()
  readonly #rounds: Rounds<PlaceId>
  #isStopped = false

  constructor(options: Options) {
    this.#options = options
    this.#rounds = new Rounds(actingMost, id => this.#turn(id))
  }

  has(place: Place): boolean {
    return this.#buyers.has(idOf(place))
  }

  /** Resolves when the buyer has done what is due at once, whoever took it first. */
  take(buyer: LabBuyerRow): Promise<void> {
    const id = idOf(buyer)
    if (this.#buyers.get(id)?.buyerId !== buyer.buyerId) {
      this.#forget(id)
      this.#buyers.set(id, buyer)
    }
    return this.wake(buyer)
  }

  list(): LabBuyerRow[] {
    return [...this.#buyers.values()]
  }

  drop(buyer: LabBuyerRow): void {
    this.#forgetIf(idOf(buyer), buyer)
  }

  wake(place: Place): Promise<void> {
    return this.#isStopped ? Promise.resolve() : this.#rounds.ask(idOf(place))
  }

  wakeAll(): void {
    for (const buyer of this.#buyers.values()) void this.wake(buyer)
  }

  /** What was to come when it was last looked at. */
  nextOf(buyer: LabBuyerRow): Next | undefined {
    const id = idOf(buyer)
    return this.#buyers.get(id)?.buyerId === buyer.buyerId ? this.#next.get(id) : undefined
  }

  /** Resolves when nothing is under way and nothing is due now. */
  settled(): Promise<void> {
    return this.#rounds.idle()
  }

  stop(): Promise<void> {
    this.#isStopped = true
    for (const id of [...this.#buyers.keys(), ...this.#alarms.keys()]) this.#forget(id)
    return this.#rounds.idle()
  }

  async #turn(id: PlaceId): Promise<void> {
    if (this.#isStopped) return
    this.#disarm(id)
    try {
      const buyer = this.#buyers.get(id)
      if (buyer) await this.#look(id, buyer)
      else await this.#options.onEmptyPlace(placeOf(id))
    } catch (error) {
      this.#options.log.warn({ err: error }, 'a buyer of the lab could not act; it is tried again')
      this.#again(id)
    }
  }

  async #look(id: PlaceId, buyer: LabBuyerRow): Promise<void> {
    const { sql, clock } = this.#options
    const coming = await this.#whatComes(buyer)
    if (this.#isStopped || this.#buyers.get(id) !== buyer) return
    if (!coming || coming.next.what === 'done') return this.#end(id, buyer)
    const { next } = coming
    this.#next.set(id, next)
    if (next.what === 'waits for shop') return
    const leftMs = next.at.getTime() - clock.now().getTime()
    if (leftMs > 0) return this.#arm(id, leftMs)

    // Under the buyer's lock it is read again: whoever else acts for it has finished by then.
    const done = await sql.begin(async transaction => {
      if (!(await lockLabBuyer(transaction, buyer))) return 'ended'
      const coming = await whatComes(transaction, buyer)
      if (coming?.next.what !== 'act' || coming.next.at > clock.now()) return 'moved on'
      return (await perform(this.#options, coming.chat, coming.next.act)) ? 'done' : 'refused'
    })
    if (done === 'ended') return this.#forgetIf(id, buyer)
    if (done === 'refused') return this.#again(id)
    this.#options.onChange()
    return this.#look(id, buyer)
  }

  /** A test chat in which nobody may answer any more waits, as for the shop. */
  async #whatComes(buyer: LabBuyerRow): Promise<Coming | undefined> {
    const coming = await whatComes(this.#options.sql, buyer)
    if (!coming?.chat.fake || (await this.#options.testChats.doAnswer(buyer.businessId))) return coming
    return { ...coming, next: { step: coming.next.step, what: 'waits for shop' } }
  }

  async #end(id: PlaceId, buyer: LabBuyerRow): Promise<void> {
    const { sql, clock, onChange } = this.#options
    await endLabBuyer(sql, buyer, { now: clock.now(), isRemoved: false })
    this.#forgetIf(id, buyer)
    onChange()
  }

  #arm(id: PlaceId, delayMs: number): void {
    this.#alarms.set(
      id,
      this.#options.clock.after(delayMs, () => void this.#rounds.ask(id)),
    )
  }

  /** After something that did not work. In real time: the database does not come back by the lab's clock. */
  #again(id: PlaceId): void {
    if (this.#isStopped) return
    const timer = setTimeout(() => void this.#rounds.ask(id), againAfterMs).unref()
    this.#alarms.set(id, () => clearTimeout(timer))
  }

  #forgetIf(id: PlaceId, { buyerId }: LabBuyerRow): void {
    if (this.#buyers.get(id)?.buyerId === buyerId) this.#forget(id)
  }

  #forget(id: PlaceId): void {
    this.#disarm(id)
    this.#buyers.delete(id)
    this.#next.delete(id)
  }

  #disarm(id: PlaceId): void {
    this.#alarms.get(id)?.()
    this.#alarms.delete(id)
  }
}

const idOf = ({ businessId, chatId }: Place): PlaceId => `${businessId}/${chatId}`

function placeOf(id: PlaceId): Place {
  const [businessId = '', chatId = ''] = id.split('/')
  return { businessId: idFrom<BusinessId>(businessId), chatId: idFrom<ChatId>(chatId) }
}
