import { inside } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { Batcher, type Clock } from '#kit'
import { type StepItem, type StepRow, workSubscriptions } from '../store/deliveries.ts'
import { laneOf } from '../store/lane.ts'
import { type BatchLane, batchingOf, type Layout } from '../store/layout.ts'
import type { SubscriptionKey } from '../store/subscriptions.ts'
import type { Claimed } from './claimed.ts'
import { jitterOf } from './jitter.ts'
import { longestWaitMs, momentOf, retryDelayMs } from './schedule.ts'
import type { Sent } from './sender.ts'

/** What became of an attempt. */
export type Settlement = { claimed: Claimed; sent: Sent }

/** For one subscription under one lease: the outcome of its last attempt, if there was one, and whether to claim the next delivery. */
export type Step = {
  subscription: SubscriptionKey
  epoch: bigint
  settlement?: Settlement | undefined
  isLast: boolean
}

export type Stepped = {
  /** Stale: another process has taken the delivery over, and its outcome counts. */
  settled: 'settled' | 'stale' | null
  next:
    | { claim: 'claimed'; claimed: Claimed }
    | { claim: 'later'; dueAt: Date }
    /** Closed: the subscription is not enabled. None: it was not asked for. */
    | { claim: 'nothing' | 'closed' | 'no_lease' | 'none' }
}

type StepsOptions = { sql: Sql; layout: Layout; clock: Clock; owner: string }

const batching = { max: 64 }

/** Claims deliveries and settles attempts, many in one transaction. */
export class Steps {
  readonly #batcher: Batcher<Step, StepRow, BatchLane>

  constructor({ sql, layout, clock, owner }: StepsOptions) {
    this.#batcher = new Batcher({
      ...batching,
      ...batchingOf(layout, ({ subscription }) => subscription.businessId),
      compare: bySubscription,
      work: (steps, lane) => {
        const now = clock.now()
        const maxDueAt = new Date(now.getTime() + longestWaitMs)
        return workSubscriptions(sql, steps.map(toItem), { owner, now, maxDueAt, lane })
      },
      isAboutAll: isDatabaseAway,
    })
  }

  /** Rejects if the database is away; then the step may or may not be done. To repeat it is harmless. */
  async take(step: Step): Promise<Stepped> {
    const row = await this.#batcher.add(step)
    return { settled: row.settled, next: nextOf(step.subscription, row) }
  }
}

/** The order in which subscriptions are locked everywhere. */
function bySubscription({ subscription: a }: Step, { subscription: b }: Step): number {
  const [left, right] =
    a.businessId === b.businessId ? [a.subscriptionId, b.subscriptionId] : [a.businessId, b.businessId]
  return left < right ? -1 : left > right ? 1 : 0
}

function toItem({ subscription, epoch, settlement, isLast }: Step): StepItem {
  const { businessId, subscriptionId } = subscription
  const head = {
    lane: laneOf(businessId),
    business: `${businessId}`,
    subscription: `${subscriptionId}`,
    epoch: `${epoch}`,
    claims: !isLast,
  }
  if (!settlement) return head
  const { claimed, sent } = settlement
  const delayMs = retryDelayMs(claimed.failures + 1, failures => jitterOf(subscription, failures))
  return {
    ...head,
    event: `${claimed.key.eventId}`,
    type: claimed.key.type,
    attempt: claimed.attempt,
    outcome: sent.outcome,
    duration: Math.round(sent.durationMs),
    failures: claimed.failures,
    ...(sent.status !== undefined && { status: sent.status }),
    ...(sent.outcome === 'failed' && { failure: inside(sent.failure) }),
    ...(delayMs !== undefined && { due: new Date(momentOf(claimed).getTime() + delayMs).toISOString() }),
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
    throw new RangeError('work_subscriptions claimed a delivery without saying which')
  const { messageId, previousSalt, previousUntil, sealedHeaders } = row
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
      sealedHeaders,
    },
  }
}
