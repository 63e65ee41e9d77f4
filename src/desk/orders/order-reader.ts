import { Forbidden, type MarketClient, PrilavokError } from '#client'
import { orderFilterMax } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { type Clock, type Logger, RecurringWork, Throttle } from '#kit'
import { ordersScope } from '../cabinets/scopes.ts'
import type { Bus, LiveEvent } from '../live/bus.ts'
import type { Hold } from '../store/leases.ts'
import { findOrder, listChatsOfOrders, listUnreadOrders, putOrders } from '../store/orders.ts'
import { orderFields } from './order-fields.ts'

export type OrderReaderOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  log: Logger
  hold: Hold
  client: MarketClient
}

/** An order that somebody looks at is read again after this time. */
const freshMs = 60_000
const againAfterMs = 30_000
const lookEveryMs = 1_000

/** Reads the orders that the chats of a cabinet are about, and those that somebody looks at. */
export class OrderReader {
  readonly #options: OrderReaderOptions
  readonly #reading: RecurringWork
  readonly #wanted = new Set<bigint>()
  /** While chats come in by the thousand they are looked through now and then. */
  readonly #looks = new Throttle(lookEveryMs, () => this.wake())
  #stopListening = () => {}

  constructor(options: OrderReaderOptions) {
    this.#options = options
    const { clock, log } = options
    this.#reading = new RecurringWork({
      clock,
      work: signal => this.#read(signal),
      onFailure: error => {
        if (!(error instanceof PrilavokError || isDatabaseAway(error)))
          log.error({ err: error }, 'orders were not read')
        return againAfterMs
      },
    })
  }

  start(): void {
    this.#stopListening = this.#options.bus.onEvent(event => this.#hear(event))
    this.wake()
  }

  /** Chats were put: their orders may never have been read. */
  lookSoon(): void {
    this.#looks.ask()
  }

  /** Looks for orders that were never read. */
  wake(): void {
    this.#reading.wake()
  }

  async stop(): Promise<void> {
    this.#stopListening()
    this.#looks.close()
    await this.#reading.stop()
  }

  #hear(event: LiveEvent): void {
    if (event.about !== 'order' || event.cabinetId !== `${this.#options.hold.cabinetId}`) return
    this.#wanted.add(BigInt(event.orderId))
    this.wake()
  }

  /** As long as there are any; then it waits to be woken. */
  async #read(signal: AbortSignal): Promise<undefined> {
    const { sql, hold } = this.#options
    for (;;) {
      const wanted = await this.#takeWanted()
      const unread = await listUnreadOrders(sql, hold.cabinetId, orderFilterMax - wanted.length)
      const orderIds = [...new Set([...wanted, ...unread])]
      if (orderIds.length === 0 || signal.aborted) return
      await this.#fetch(orderIds)
    }
  }

  /** Those that somebody looks at and that were not read just now. */
  async #takeWanted(): Promise<bigint[]> {
    const { sql, hold, clock } = this.#options
    const wanted = [...this.#wanted].slice(0, orderFilterMax / 2)
    const stale: bigint[] = []
    for (const orderId of wanted) {
      this.#wanted.delete(orderId)
      const known = await findOrder(sql, hold.cabinetId, orderId)
      if (!known || clock.now().getTime() - known.readAt.getTime() > freshMs) stale.push(orderId)
    }
    return stale
  }

  async #fetch(orderIds: readonly bigint[]): Promise<void> {
    const { sql, hold, client, clock, bus } = this.#options
    const found = new Map(orderIds.map(orderId => [orderId, null as ReturnType<typeof orderFields> | null])) // not found yet
    let missingScope: string | null = null
    try {
      const options = { urgency: 'reconcile', signal: this.#reading.signal } as const
      for await (const order of client.orders.list({ orderIds }, options)) found.set(order.orderId, orderFields(order))
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error
      missingScope = ordersScope
    }
    const orders = Array.from(found, ([orderId, fields]) => ({ orderId, fields }))
    await putOrders(sql, hold, { orders, missingScope, now: clock.now() })
    for (const chatId of await listChatsOfOrders(sql, hold.cabinetId, orderIds))
      bus.publish({ about: 'chat', cabinetId: `${hold.cabinetId}`, chatId: `${chatId}` })
  }
}
