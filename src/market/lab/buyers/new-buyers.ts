import type { BusinessId } from '#contract'
import type { Sql } from '#database'
import { AtMost, type Clock } from '#kit'
import { problems } from '#serving'
import type { Bus } from '../../live/bus.ts'
import type { ChatKey } from '../../store/chat-key.ts'
import {
  countLabBuyers,
  findLabBuyer,
  hasHadLabBuyer,
  insertLabBuyer,
  type LabBuyerId,
  type LabBuyerRow,
  takeLabBuyerId,
} from '../../store/lab-buyers.ts'
import type { Persona } from '../personas/index.ts'
import type { Intent } from '../personas/intents.ts'
import { type ChatSubject, checkPossible, openChatForBuyer } from './make-buyer.ts'
import { type Plot, plotOf } from './plots.ts'
import type { Role } from './role.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock; seed: number }

export type BuyerRequest = {
  businessId: BusinessId
  persona: Persona
  intent: Intent
  about: ChatSubject
  /** Without it: the persona's own. */
  plot?: Plot
  /** Without it: the lab's seed plus how many buyers the business has had. */
  seed?: number | undefined
  rate?: number | undefined
}

type BuyerFacts = { buyerId: LabBuyerId; role: Role; plot: Plot; rate: number; isJoined: boolean }

const maxActing = 500
const seeds = 2 ** 31

/** Makes buyers, one after another, so that each takes the next seed. */
export class NewBuyers {
  readonly #needs: Needs
  readonly #inTurn = new AtMost(1)

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** A buyer with a chat of their own. Throws the problem of a chat that the business does not allow. */
  create(request: BuyerRequest): Promise<LabBuyerRow> {
    return this.#inTurn.run(() => this.#create(request))
  }

  /** A buyer who answers in a chat that others have begun. Undefined if the chat has had one. */
  join(chat: ChatKey, role: Omit<Role, 'seed'>): Promise<LabBuyerRow | undefined> {
    return this.#inTurn.run(() => this.#join(chat, role))
  }

  async #create({ businessId, persona, intent, about, plot, seed, rate = 1 }: BuyerRequest): Promise<LabBuyerRow> {
    const { sql } = this.#needs
    const business = await checkPossible(sql, businessId, about)
    const { ever, acting } = await countLabBuyers(sql, businessId)
    if (acting >= maxActing)
      throw problems.conflict(`${acting} buyers act in business ${businessId} already: DELETE some of them first.`)
    const role = { persona, intent, seed: seed === undefined ? this.#seedOf(ever) : seed % seeds }
    const buyerId = await takeLabBuyerId(sql)
    const chatId = await openChatForBuyer(this.#needs, { business, buyerId, role, about })
    const facts = { buyerId, role, plot: plot ?? plotOf[persona], rate, isJoined: false }
    const buyer = await this.#insert({ businessId, chatId }, facts)
    if (!buyer) throw problems.conflict(`A buyer of the lab answers in chat ${chatId} already: DELETE that one first.`)
    return buyer
  }

  async #join(chat: ChatKey, { persona, intent }: Omit<Role, 'seed'>): Promise<LabBuyerRow | undefined> {
    const { sql } = this.#needs
    if (await hasHadLabBuyer(sql, chat.businessId, chat.chatId)) return undefined
    const { ever } = await countLabBuyers(sql, chat.businessId)
    const role = { persona, intent, seed: this.#seedOf(ever) }
    const buyerId = await takeLabBuyerId(sql)
    return this.#insert(chat, { buyerId, role, plot: plotOf[persona], rate: 1, isJoined: true })
  }

  #seedOf(count: number): number {
    return (this.#needs.seed + count) % seeds
  }

  /** Undefined if another buyer of the lab answers in the chat. */
  async #insert(chat: ChatKey, { role, ...facts }: BuyerFacts): Promise<LabBuyerRow | undefined> {
    const { sql, clock } = this.#needs
    const isNew = await insertLabBuyer(sql, { ...chat, ...role, ...facts, now: clock.now() })
    return isNew ? findLabBuyer(sql, facts.buyerId) : undefined
  }
}
