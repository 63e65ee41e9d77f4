import type { Expectation, Opened } from '../link/protocol.ts'
import type { Notification } from '../types.ts'
import { askMarket } from './ask.ts'
import { type Delivery, describeDeliveries } from './describe-deliveries.ts'

const shown = 100

/** What a test waits for among the deliveries of its business, each once. */
export class Expectations {
  readonly #market: Opened
  readonly #taken = new Set<string>()
  #news = Promise.withResolvers<void>()

  constructor(market: Opened) {
    this.#market = market
  }

  /** Whoever waits looks again. */
  look(): void {
    this.#news.resolve()
    this.#news = Promise.withResolvers()
  }

  forget(): void {
    this.#taken.clear()
  }

  /** The oldest that fits and was not expected before. Throws what came instead. */
  async find(wanted: Expectation): Promise<Notification> {
    const late = AbortSignal.timeout(wanted.withinMs)
    const isLate = new Promise<void>(resolve => late.addEventListener('abort', () => resolve()))
    for (;;) {
      const news = this.#news.promise
      const deliveries = await this.#list()
      const found = deliveries.find(each => fits(each, wanted) && !this.#taken.has(nameOf(each, wanted)))
      if (found) return this.#take(found, wanted)
      if (late.aborted) throw new Error(describeDeliveries(wanted, deliveries, this.#taken))
      await Promise.race([news, isLate])
    }
  }

  async #list(): Promise<Delivery[]> {
    const answer = await askMarket(this.#market, { call: `GET ${this.#path}?limit=${shown}` })
    return (answer as { deliveries: Delivery[] }).deliveries.toReversed() // as the operation answers
  }

  async #take(delivery: Delivery, wanted: Expectation): Promise<Notification> {
    const { deliveryId, type, chatId, messageId, attempts } = delivery
    this.#taken.add(nameOf(delivery, wanted))
    const read = await askMarket(this.#market, { call: `GET ${this.#path}/${encodeURIComponent(deliveryId)}` })
    const { notification } = read as { notification: Record<string, unknown> } // as the operation answers
    return {
      ...{ type, chatId, deliveryId, body: notification },
      ...(messageId !== undefined && { messageId }),
      attempts: attempts
        .map(({ outcome, status }) => ({ outcome, ...(status !== undefined && { status }) }))
        .toReversed(),
    } as Notification // types and outcomes are words of the contract
  }

  get #path(): string {
    return `/admin/v1/businesses/${this.#market.businessId}/deliveries`
  }
}

function fits({ type, chatId, state, attempts }: Delivery, wanted: Expectation): boolean {
  if (type !== wanted.type || (wanted.chatId !== undefined && chatId !== wanted.chatId)) return false
  return wanted.answered === undefined ? state === 'DELIVERED' : attempts[0]?.status === wanted.answered
}

/** An attempt that was answered so is expected apart from the delivery, which may be taken later. */
function nameOf({ deliveryId, attempts }: Delivery, { answered }: Expectation): string {
  return answered === undefined ? deliveryId : `${deliveryId} ${attempts.length}`
}
