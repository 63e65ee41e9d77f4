import { inside } from '#contract'
import type { Clock } from '#kit'
import { isDatabaseAway, type Sql } from '../store/connect.ts'
import { type StepItem, type StepRow, workSubscriptions } from '../store/deliveries.ts'
import { laneOf } from '../store/lane.ts'
import type { SubscriptionKey } from '../store/subscriptions.ts'
import type { Claimed } from './claimed.ts'
import { longestWaitMs, momentOf, retryDelayMs } from './schedule.ts'
import type { Sent } from './sender.ts'
import { swayOf } from './sway.ts'

/** What became of an attempt. */
export type Settlement = { claimed: Claimed; sent: Sent }

/** Of one subscription, under one lease: what the last attempt came to, if there was one, and whether to claim the next delivery. */
export type Step = {
  subscription: SubscriptionKey
  epoch: bigint
  settlement?: Settlement | undefined
  isLast: boolean
}

export type Stepped = {
  /** Stale: another process has taken the delivery over; what it finds out counts. */
  settled: 'settled' | 'stale' | null
  next:
    | { claim: 'claimed'; claimed: Claimed }
    | { claim: 'later'; dueAt: Date }
    /** Closed: the subscription is not enabled. None: it was not asked for. */
    | { claim: 'nothing' | 'closed' | 'no_lease' | 'none' }
}

type Waiting = {
  item: StepItem
  subscription: SubscriptionKey
  resolve(row: StepRow): void
  reject(error: unknown): void
}
type Options = { sql: Sql; clock: Clock; owner: string }

const batchMost = 64
const batchesInFlight = 2

/** Where every attempt begins and ends: like the postbox, steps that arrive while two batches are under way go together in the next. */
export class Steps {
  readonly #options: Options
  #queue: Waiting[] = []
  #inFlight = 0

  constructor(options: Options) {
    this.#options = options
  }

  /** Rejects if the database is away; then nobody can tell whether it was done. Done twice, it is done once. */
  async take(step: Step): Promise<Stepped> {
    const { subscription } = step
    const row = await new Promise<StepRow>((resolve, reject) => {
      this.#queue.push({ item: toItem(step), subscription, resolve, reject })
      this.#pump()
    })
    return { settled: row.settled, next: nextOf(subscription, row) }
  }

  #pump(): void {
    while (this.#inFlight < batchesInFlight && this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchMost)
      this.#inFlight++
      void this.#work(batch).finally(() => {
        this.#inFlight--
        this.#pump()
      })
    }
  }

  /** Settles every step of the batch; never rejects. */
  async #work(batch: Waiting[]): Promise<void> {
    const { sql, clock, owner } = this.#options
    const sorted = batch.toSorted(bySubscription)
    const now = clock.now()
    let rows: StepRow[]
    try {
      const items = sorted.map(({ item }) => item)
      rows = await workSubscriptions(sql, items, { owner, now, dueMost: new Date(now.getTime() + longestWaitMs) })
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error)) for (const { reject } of batch) reject(error)
      // It was rolled back, because of one of them: each alone, so that the others pass.
      else for (const waiting of sorted) await this.#work([waiting])
      return
    }
    for (const [index, { resolve, reject }] of sorted.entries()) {
      const row = rows[index]
      if (row) resolve(row)
      else reject(new Error('work_subscriptions returned fewer rows than items'))
    }
  }
}

/** The order in which everybody locks subscriptions. */
function bySubscription({ subscription: a }: Waiting, { subscription: b }: Waiting): number {
  const [left, right] =
    a.businessId === b.businessId ? [a.subscriptionId, b.subscriptionId] : [a.businessId, b.businessId]
  return left < right ? -1 : left > right ? 1 : 0
}

function toItem({ subscription, epoch, settlement, isLast }: Step): StepItem {
  const { businessId, subscriptionId } = subscription
  const head = { l: laneOf(businessId), b: `${businessId}`, s: `${subscriptionId}`, h: `${epoch}`, k: !isLast }
  if (!settlement) return head
  const { claimed, sent } = settlement
  const delayMs = retryDelayMs(claimed.failures + 1, failures => swayOf(subscription, failures))
  return {
    ...head,
    e: `${claimed.key.eventId}`,
    y: claimed.key.type,
    a: claimed.attempt,
    o: sent.outcome,
    d: Math.round(sent.durationMs),
    n: claimed.failures,
    ...(sent.status !== undefined && { c: sent.status }),
    ...(sent.outcome === 'failed' && { f: inside(sent.failure) }),
    ...(delayMs !== undefined && { w: new Date(momentOf(claimed).getTime() + delayMs).toISOString() }),
  }
}

function nextOf(subscription: SubscriptionKey, row: StepRow): Stepped['next'] {
  const { claim, dueAt, eventId, type, chatId, happenedAt, attempt, attemptedAt, failures, url, salt } = row
  if (claim === 'later' && dueAt) return { claim, dueAt }
  if (claim === 'nothing' || claim === 'closed' || claim === 'no_lease') return { claim }
  if (claim === null) return { claim: 'none' }
  if (
    !eventId ||
    !type ||
    !chatId ||
    !happenedAt ||
    !attempt ||
    !attemptedAt ||
    !dueAt ||
    failures === null ||
    !url ||
    !salt
  )
    throw new Error(`work_subscriptions claimed a delivery without saying which`)
  const { messageId, previousSalt, previousUntil } = row
  const { businessId } = subscription
  return {
    claim: 'claimed',
    claimed: {
      key: { ...subscription, eventId, type },
      facts: { type, businessId, chatId, messageId, happenedAt },
      attempt,
      attemptedAt,
      dueAt,
      failures,
      url,
      salts: { salt, previousSalt, previousUntil },
    },
  }
}
