import { keysOf, refusals } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { Batcher, type Clock } from '#kit'
import { type QuotaTaken, takeQuotas } from '../store/counts.ts'
import type { CustomerId } from '../store/customers.ts'
import { type BatchLane, batchingOf, type Layout } from '../store/layout.ts'

/** What a customer may do in a window of so many seconds. `usual` is so high that nobody who talks to shops meets it. */
export const buyerQuotas = {
  requestsPerMinute: { seconds: 60, usual: 1_200, what: 'requests a minute' },
  messagesPerMinute: { seconds: 60, usual: 120, what: 'messages a minute' },
  fileKilobytesPerDay: { seconds: 24 * 60 * 60, usual: 500_000, what: 'KB of files a day' },
  chatsPerDay: { seconds: 24 * 60 * 60, usual: 200, what: 'new chats a day' },
} as const

export type QuotaName = keyof typeof buyerQuotas
const quotaNames = keysOf(buyerQuotas)

export type Wanted = { [Name in QuotaName]?: number }
export type Exhausted = { quota: QuotaName; most: number; retryAfterSeconds: number }

type Item = { customerId: CustomerId; quota: QuotaName; amount: number }

const batching = { max: 256, queue: { max: 10_000, fullError: refusals.unavailable } }

/**
 * What each customer may do in a minute and in a day. The database counts, for all processes; what arrives while a count is
 * under way is counted together in the next one. By the machine's clock: a lab's may stand anywhere.
 */
export class BuyerQuotas {
  readonly #isLifted: boolean
  readonly #clock: Clock
  readonly #counts: Batcher<Item, QuotaTaken, BatchLane>

  constructor({
    sql,
    layout,
    machineClock,
    isLifted,
  }: { sql: Sql; layout: Layout; machineClock: Clock; isLifted: boolean }) {
    this.#isLifted = isLifted
    this.#clock = machineClock
    this.#counts = new Batcher({
      ...batching,
      ...batchingOf(layout, ({ customerId }) => customerId),
      inFlight: 1,
      compare: byCustomerAndQuota,
      work: (items, lane) => takeQuotas(sql, machineClock.now(), items.map(toRow), lane),
      isAboutAll: isDatabaseAway,
    })
  }

  /** Returns the first quota that has not enough left, if there is one. What was taken of the others stays taken. */
  async take(customerId: CustomerId, wanted: Wanted): Promise<Exhausted | undefined> {
    if (this.#isLifted) return undefined
    const items = quotaNames.map(quota => ({ customerId, quota, amount: wanted[quota] ?? 0 }))
    const asked = items.filter(({ amount }) => amount > 0)
    const taken = await Promise.all(asked.map(async item => ({ quota: item.quota, ...(await this.#counts.add(item)) })))
    const exhausted = taken.find(({ isGranted }) => !isGranted)
    if (!exhausted) return undefined
    const { quota, most, endsAt } = exhausted
    const leftSeconds = (endsAt.getTime() - this.#clock.now().getTime()) / 1_000
    return { quota, most, retryAfterSeconds: Math.max(Math.ceil(leftSeconds), 1) }
  }

  /** Gives back what was not used after all. Nobody waits for it, and nothing is lost but that much of a quota if it fails. */
  giveBack(customerId: CustomerId, quota: QuotaName, amount: number): void {
    if (!this.#isLifted && amount > 0) void this.#counts.add({ customerId, quota, amount: -amount }).catch(() => {})
  }
}

function toRow({ customerId, quota, amount }: Item) {
  const { seconds, usual } = buyerQuotas[quota]
  return { customerId, quota, amount, seconds, usual }
}

function byCustomerAndQuota(a: Item, b: Item): number {
  if (a.customerId !== b.customerId) return a.customerId < b.customerId ? -1 : 1
  return a.quota < b.quota ? -1 : a.quota > b.quota ? 1 : 0
}
