import type { Sql } from '#database'
import type { Clock, Logger } from '#kit'
import type { Postbox } from '../../chats/postbox.ts'
import type { FileStore } from '../../files/file-store.ts'
import { type ChatKey, readChatKey, serializeChatKey } from '../../store/chat-key.ts'
import { endLabBuyer, type LabBuyerRow, lockLabBuyer } from '../../store/lab-buyers.ts'
import { type ChatAndNext, findNext } from './find-next.ts'
import { KeyedWork } from './keyed-work.ts'
import type { Next } from './next-act.ts'
import { perform } from './perform.ts'
import type { TestChats } from './test-chats.ts'
import { WakeUps } from './wake-ups.ts'

type Needs = { sql: Sql; clock: Clock; log: Logger; postbox: Postbox; files: FileStore; testChats: TestChats }
type ActingOptions = Needs & {
  onChange: () => void
  /** A chat without a buyer was woken up. A buyer who comes to answer in it has to be passed to `take`. */
  onChatWithoutBuyer: (chat: ChatKey) => Promise<void>
}

// Each act holds one connection while it is done and needs another for it.
const maxActing = 3
const againAfterMs = 1_000

/** The buyers who act in this process. Each acts when its next step is due, and looks again when something happens in its chat. */
export class Acting {
  readonly #options: ActingOptions
  readonly #buyers = new Map<string, LabBuyerRow>()
  readonly #next = new Map<string, Next>()
  readonly #work: KeyedWork<string>
  readonly #wakeUps: WakeUps
  #isStopped = false

  constructor(options: ActingOptions) {
    this.#options = options
    this.#work = new KeyedWork(maxActing, id => this.#act(id))
    this.#wakeUps = new WakeUps(options.clock, id => void this.#work.ask(id))
  }

  has(chat: ChatKey): boolean {
    return this.#buyers.has(serializeChatKey(chat))
  }

  /** Resolves when the buyer has done what is due now, even if the buyer was here before. */
  take(buyer: LabBuyerRow): Promise<void> {
    const id = serializeChatKey(buyer)
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
    this.#forgetIf(serializeChatKey(buyer), buyer)
  }

  wake(chat: ChatKey): Promise<void> {
    return this.#isStopped ? Promise.resolve() : this.#work.ask(serializeChatKey(chat))
  }

  wakeAll(): void {
    for (const buyer of this.#buyers.values()) void this.wake(buyer)
  }

  /** What came next when the buyer's chat was last read. */
  nextOf(buyer: LabBuyerRow): Next | undefined {
    const id = serializeChatKey(buyer)
    return this.#buyers.get(id)?.buyerId === buyer.buyerId ? this.#next.get(id) : undefined
  }

  /** Resolves when nothing is under way and nothing is due now. */
  settled(): Promise<void> {
    return this.#work.idle()
  }

  stop(): Promise<void> {
    this.#isStopped = true
    for (const id of [...this.#buyers.keys()]) this.#forget(id)
    this.#wakeUps.cancelAll()
    return this.#work.idle()
  }

  async #act(id: string): Promise<void> {
    if (this.#isStopped) return
    this.#wakeUps.cancel(id)
    try {
      const buyer = this.#buyers.get(id)
      if (buyer) await this.#doNext(id, buyer)
      else await this.#options.onChatWithoutBuyer(readChatKey(id))
    } catch (error) {
      this.#options.log.warn({ err: error }, 'a buyer of the lab could not act; it is tried again')
      this.#tryAgain(id)
    }
  }

  async #doNext(id: string, buyer: LabBuyerRow): Promise<void> {
    const { sql, clock } = this.#options
    const coming = await this.#findNext(buyer)
    if (this.#isStopped || this.#buyers.get(id) !== buyer) return
    if (!coming || coming.next.what === 'done') return this.#end(id, buyer)
    const { next } = coming
    this.#next.set(id, next)
    if (next.what === 'waits for shop') return
    const leftMs = next.at.getTime() - clock.now().getTime()
    if (leftMs > 0) return this.#wakeUps.set(id, leftMs)

    // Read again under the buyer's lock: another process that acts for the buyer has finished by then.
    const done = await sql.begin(async transaction => {
      if (!(await lockLabBuyer(transaction, buyer))) return 'ended'
      const coming = await findNext(transaction, buyer)
      if (coming?.next.what !== 'act' || coming.next.at > clock.now()) return 'moved on'
      return (await perform(this.#options, coming.chat, coming.next.act)) ? 'done' : 'refused'
    })
    if (done === 'ended') return this.#forgetIf(id, buyer)
    if (done === 'refused') return this.#tryAgain(id)
    this.#options.onChange()
    return this.#doNext(id, buyer)
  }

  /** What comes next. In a test chat whose business lets nobody answer any more: to wait. */
  async #findNext(buyer: LabBuyerRow): Promise<ChatAndNext | undefined> {
    const coming = await findNext(this.#options.sql, buyer)
    if (!coming?.chat.fake || (await this.#options.testChats.doAnswer(buyer.businessId))) return coming
    return { ...coming, next: { step: coming.next.step, what: 'waits for shop' } }
  }

  async #end(id: string, buyer: LabBuyerRow): Promise<void> {
    const { sql, clock, onChange } = this.#options
    await endLabBuyer(sql, buyer, { now: clock.now(), isRemoved: false })
    this.#forgetIf(id, buyer)
    onChange()
  }

  /** In real time: the database does not come back by the lab's clock. */
  #tryAgain(id: string): void {
    if (!this.#isStopped) this.#wakeUps.setInRealTime(id, againAfterMs)
  }

  #forgetIf(id: string, { buyerId }: LabBuyerRow): void {
    if (this.#buyers.get(id)?.buyerId === buyerId) this.#forget(id)
  }

  #forget(id: string): void {
    this.#wakeUps.cancel(id)
    this.#buyers.delete(id)
    this.#next.delete(id)
  }
}
