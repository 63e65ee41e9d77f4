import type { BusinessId } from '#contract'
import type { Sql } from '#database'
import { AtMost, type Clock } from '#kit'
import { problems } from '#serving'
import type { Bus } from '../../live/bus.ts'
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
import type { Place } from './acting.ts'
import { type About, checkStage, openStage } from './make-buyer.ts'
import { type Plot, plotOf } from './plots.ts'
import type { Tale } from './role.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock; seed: number }

export type Wish = {
  businessId: BusinessId
  persona: Persona
  intent: Intent
  about: About
  /** Without it: the persona's own. */
  plot?: Plot
  /** Without it: the lab's, and how many buyers the cabinet has had. */
  seed?: number | undefined
  rate?: number | undefined
}

type Part = { buyerId: LabBuyerId; tale: Tale; plot: Plot; rate: number; isJoined: boolean }

const actingMost = 500
const seeds = 2 ** 31

/** Where buyers come from. One after another: each takes the next seed. */
export class Arrivals {
  readonly #needs: Needs
  readonly #inTurn = new AtMost(1)

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** A buyer with a chat of their own. Refuses what cannot be played in the cabinet. */
  create(wish: Wish): Promise<LabBuyerRow> {
    return this.#inTurn.run(() => this.#create(wish))
  }

  /** One who answers in a chat that others have begun. Undefined if it has had one. */
  join(place: Place, tale: Omit<Tale, 'seed'>): Promise<LabBuyerRow | undefined> {
    return this.#inTurn.run(() => this.#join(place, tale))
  }

  async #create({ businessId, persona, intent, about, plot, seed, rate = 1 }: Wish): Promise<LabBuyerRow> {
    const { sql } = this.#needs
    const business = await checkStage(sql, businessId, about)
    const { ever, acting } = await countLabBuyers(sql, businessId)
    if (acting >= actingMost)
      throw problems.conflict(`${acting} buyers act in business ${businessId} already: DELETE some of them first.`)
    const tale = { persona, intent, seed: seed === undefined ? this.#seedOf(ever) : seed % seeds }
    const buyerId = await takeLabBuyerId(sql)
    const chatId = await openStage(this.#needs, { business, buyerId, tale, about })
    const part = { buyerId, tale, plot: plot ?? plotOf[persona], rate, isJoined: false }
    const buyer = await this.#insert({ businessId, chatId }, part)
    if (!buyer) throw problems.conflict(`A buyer of the lab answers in chat ${chatId} already: DELETE that one first.`)
    return buyer
  }

  async #join(place: Place, { persona, intent }: Omit<Tale, 'seed'>): Promise<LabBuyerRow | undefined> {
    const { sql } = this.#needs
    if (await hasHadLabBuyer(sql, place.businessId, place.chatId)) return undefined
    const { ever } = await countLabBuyers(sql, place.businessId)
    const tale = { persona, intent, seed: this.#seedOf(ever) }
    const buyerId = await takeLabBuyerId(sql)
    return this.#insert(place, { buyerId, tale, plot: plotOf[persona], rate: 1, isJoined: true })
  }

  #seedOf(count: number): number {
    return (this.#needs.seed + count) % seeds
  }

  /** Undefined if somebody speaks for the customer already. */
  async #insert(place: Place, { tale, ...part }: Part): Promise<LabBuyerRow | undefined> {
    const { sql, clock } = this.#needs
    const isNew = await insertLabBuyer(sql, { ...place, ...tale, ...part, now: clock.now() })
    return isNew ? findLabBuyer(sql, part.buyerId) : undefined
  }
}
