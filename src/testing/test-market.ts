import { type Asking, askingOf } from './asking.ts'
import { Buyer } from './buyer.ts'
import { readDurationMs } from './duration.ts'
import { argumentsOf, faultOf, type LabFault } from './faults.ts'
import type { Link, Opened } from './link/protocol.ts'
import type {
  Coverage,
  Duration,
  ExpectOptions,
  FaultName,
  FaultOptions,
  Missed,
  Notification,
  NotificationType,
} from './types.ts'

/** Less than the five seconds that runners give a test, so that the reason is read. A slow machine says how long by a variable. */
const patience = (process.env['PRILAVOK_TESTING_PATIENCE'] ?? '4 seconds') as Duration // read below

type Case = Omit<Missed, 'fault'> & { state: string; isInProduction: boolean; fault?: LabFault }

/** A market for one test file: a business with a campaign, a key, and a buyer with an order. */
export class TestMarket {
  /** Where your program finds it, in place of Yandex.Market's. */
  readonly url: string
  /** May do everything in the business. */
  readonly apiKey: string
  readonly businessId: number
  readonly campaignId: number
  /** For the market's own APIs; your program does not need it. */
  readonly adminToken: string
  readonly buyer: Buyer
  readonly #link: Link
  readonly #ask: Asking
  readonly #marketId: number
  readonly #types: readonly string[]
  #made = 0
  #stopped: Promise<null> | undefined

  /** Made by `startMarket`. */
  constructor(link: Link, facts: Opened) {
    const { url, apiKey, businessId, campaignId, adminToken, marketId, types } = facts
    this.#link = link
    this.#ask = askingOf(link, facts)
    this.#marketId = marketId
    this.#types = types
    this.url = url
    this.apiKey = apiKey
    this.businessId = businessId
    this.campaignId = campaignId
    this.adminToken = adminToken
    this.buyer = new Buyer(this.#ask, facts)
  }

  /** The same as variables, by the names that `prilavok sim exec` gives them. */
  get env(): Record<string, string> {
    return {
      PRILAVOK_URL: this.url,
      PRILAVOK_ADMIN_TOKEN: this.adminToken,
      PRILAVOK_API_KEY: this.apiKey,
      PRILAVOK_BUSINESS_ID: `${this.businessId}`,
      PRILAVOK_CAMPAIGN_ID: `${this.campaignId}`,
      PRILAVOK_ORDER_ID: `${this.buyer.orderId}`,
      PRILAVOK_CUSTOMER_ID: this.buyer.customerId,
    }
  }

  /** Another customer, with an order and so a chat of their own. Gone after `reset`. */
  async newBuyer(name = 'Борис'): Promise<Buyer> {
    this.#made++
    const customerId = `test-buyer-${this.#made}`
    const orderId = this.buyer.orderId + this.#made
    const { businessId, campaignId } = this
    await this.#ask(`PUT /admin/v1/customers/${customerId}`, { name })
    const order = { campaignId, customerPublicId: customerId }
    await this.#ask(`PUT /admin/v1/businesses/${businessId}/orders/${orderId}`, order)
    return new Buyer(this.#ask, { businessId, customerId, orderId })
  }

  /** The marketplace decides the dispute in a chat; in the buyer's, if none is said. */
  async finishDispute(chatId?: number): Promise<void> {
    const chat = chatId ?? (await this.buyer.chatId())
    await this.#ask(`POST /admin/v1/businesses/${this.businessId}/chats/${chat}/dispute/finish`)
  }

  /** Something goes wrong on purpose: the next time, or as often as `times` says. */
  async fault(fault: FaultName, options: FaultOptions = {}): Promise<void> {
    await this.#ask('POST /lab/v1/faults', faultOf(fault, options))
  }

  /** Lets so much of the market's time pass: retries, the hours of limits, the ends of tokens. Resolves when all that was due is done. */
  async advance(duration: Duration): Promise<void> {
    const seconds = Math.ceil(readDurationMs(duration) / 1_000)
    await this.#ask('POST /lab/v1/clock/advance', { seconds })
  }

  /**
   * Waits for a notification that your handler has taken, each once. Rejects with what the market has told instead, and how
   * that was answered.
   */
  async expectNotification(type: NotificationType, options: ExpectOptions = {}): Promise<Notification> {
    if (!this.#types.includes(type)) throw new TypeError(`"${type}" is no type: there are ${this.#types.join(', ')}`)
    const { within = patience, ...wanted } = options
    const asked = { marketId: this.#marketId, type, withinMs: readDurationMs(within), ...wanted }
    return (await this.#link.ask('expect', asked)) as Notification // as the host makes it
  }

  /** Everything is as after the start: chats, faults, the clock. Ids go on from where they are. */
  async reset(): Promise<void> {
    await this.#link.ask('reset', { marketId: this.#marketId })
    this.buyer.forget()
  }

  /** What your program has met since the market was started, over every `reset`, and what it never has. */
  async coverage(): Promise<Coverage> {
    const { met, of, cases } = await this.#ask<Pick<Coverage, 'met' | 'of'> & { cases: Case[] }>('GET /lab/v1/coverage')
    const missed = cases.filter(({ state, isInProduction }) => isInProduction && state === 'MISSED')
    return {
      met,
      of,
      missed: missed.map(({ name, status, message, fault: labFault }) => {
        const fault = labFault && argumentsOf(labFault)
        return { name, ...(status && { status, message }), ...(fault && { fault }) }
      }),
    }
  }

  /** Calls the market's own APIs, which `/docs` describes: `market.ask('GET /lab/v1/clock')`. */
  ask<Answer = unknown>(call: string, json?: unknown): Promise<Answer> {
    return this.#ask<Answer>(call, json)
  }

  /** Twice is once. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#link.ask('close', { marketId: this.#marketId })
    await this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}
