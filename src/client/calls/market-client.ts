import { type ClientClock, systemClock } from '../clock.ts'
import { InvalidInput } from '../errors.ts'
import { Budget } from '../http/budget.ts'
import { Caller, type CallReport } from '../http/caller.ts'
import { connectionOf } from '../http/connection.ts'
import type { Quota } from '../http/quota.ts'
import { takeId } from '../input.ts'
import type { CallOptions, ChatsSource, IdLike, TokenInfo } from '../types.ts'
import { version } from '../version.ts'
import { type Campaigns, makeCampaigns } from './campaigns.ts'
import { type Chats, makeChats } from './chats.ts'
import { makeDownload } from './download.ts'
import { type Messages, makeMessages } from './messages.ts'
import { makeOrders, type Orders } from './orders.ts'

export type MarketClientOptions = {
  /** A key of the business, with the scope communication or all-methods. */
  apiKey: string
  /** The business: the seller's account. */
  businessId: IdLike
  /** Yandex.Market's API by default. A path in it is kept. */
  baseUrl?: string | undefined
  fetch?: typeof fetch | undefined
  /** Calls at once, 2 by default. With a `budget` the budget's own number counts. */
  parallel?: number | undefined
  /** Share one among all clients of a business, so that together they keep to its limits. */
  budget?: Budget | undefined
  /** X-Market-Integration: name/version, up to 100 ASCII characters. */
  integration?: string | undefined
  /** For one attempt with its whole answer; 30 000 by default. Waiting for a turn does not count. */
  timeoutMs?: number | undefined
  clock?: ClientClock | undefined
  /** From 0 to 1, for the jitter of waits. */
  random?: (() => number) | undefined
  /** Told of every attempt. */
  onCall?: ((call: CallReport) => void) | undefined
}

/** The chats of a business at the market. The constructor throws InvalidInput; every call throws the errors of this library. */
export class MarketClient implements ChatsSource {
  readonly businessId: bigint
  readonly chats: Chats
  readonly messages: Messages
  readonly campaigns: Campaigns
  readonly orders: Orders
  readonly #caller: Caller

  constructor(options: MarketClientOptions) {
    const { clock = systemClock, random = Math.random, timeoutMs = 30_000, onCall, parallel = 2 } = options
    if (!(timeoutMs > 0)) throw new InvalidInput('timeoutMs must be a number above 0')
    const budget = options.budget ?? new Budget({ parallel, clock })
    const { integration = `prilavok/${version}` } = options
    const connection = connectionOf({ ...options, integration })
    this.businessId = takeId(options.businessId, 'businessId')
    const { businessId } = this
    this.#caller = new Caller({ connection, businessId, budget, clock, random, timeoutMs, onCall })
    this.chats = makeChats(this.#caller, businessId)
    this.messages = makeMessages(this.#caller, { businessId, clock, download: makeDownload(this.#caller, connection) })
    this.campaigns = makeCampaigns(this.#caller)
    this.orders = makeOrders(this.#caller, businessId)
  }

  /** getAuthTokenInfo: the name of the key and its scopes. */
  async token(options?: CallOptions): Promise<TokenInfo> {
    const { apiKey } = await this.#caller.result('getAuthTokenInfo', {}, options)
    return { name: apiKey.name, scopes: apiKey.authScopes }
  }

  /** Whether the market has announced that a send with a key is done once, however often it comes. False before it was asked. */
  get isKeyHonoured(): boolean {
    return this.#caller.isKeyHonoured
  }

  /** What the market last said of each operation's hour, by the operation's published name. */
  limits(): ReadonlyMap<string, Quota> {
    return this.#caller.limits()
  }
}
