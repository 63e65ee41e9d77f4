import type { ChatEventType } from '#contract'
import type { Queries, Sql } from '#database'
import type { DeliveryKey } from './deliveries.ts'
import { ofKey } from './delivery-views.ts'
import { laneOf } from './lane.ts'
import type { SubscriptionKey } from './subscriptions.ts'

type Replayed = 'replayed' | 'not_enabled' | 'unfinished'

/** Lets a finished delivery wait once more. The subscription is locked before its delivery, as everywhere. */
export function replayDelivery(sql: Sql, key: DeliveryKey): Promise<Replayed> {
  return sql.begin(async transaction => {
    if (!(await lockEnabled(transaction, key))) return 'not_enabled'
    const { count } = await transaction`
      update market.deliveries d set state = 'waiting', finished_at = null
       where d.lane = ${laneOf(key.businessId)} and ${ofKey(transaction, key)} and d.state in ('delivered', 'refused', 'cancelled')`
    return count > 0 ? 'replayed' : 'unfinished'
  })
}

/** Whether it is enabled; it stays so until the end of the transaction. */
async function lockEnabled(transaction: Queries, { businessId, subscriptionId }: SubscriptionKey): Promise<boolean> {
  const rows = await transaction`
    select from market.subscriptions s
     where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId} and s.subscription_id = ${subscriptionId}
       and s.state = 'enabled' for share`
  return rows.length > 0
}

const replayedAtOnce = 2_000

type Period = { from: Date; to: Date }
type Step = { replayed: number; below: Pick<DeliveryKey, 'eventId' | 'type'> | undefined; oldest: Date | null }

/**
 * Lets everything finished wait once more that happened in a period, from the newest down, bit by bit. Undefined if the
 * subscription is not enabled, or not any more. Ids rise with time but for moments, so that `slackMs` before the period it ends.
 */
export async function replayPeriod(
  sql: Sql,
  key: SubscriptionKey,
  { from, to, slackMs }: Period & { slackMs: number },
): Promise<number | undefined> {
  let replayed = 0
  let step: Step | undefined
  do {
    step = await sql.begin(transaction => replaySome(transaction, key, { from, to }, step?.below))
    if (step === undefined) return undefined
    replayed += step.replayed
  } while (step.below && step.oldest && step.oldest.getTime() >= from.getTime() - slackMs)
  return replayed
}

async function replaySome(
  transaction: Queries,
  key: SubscriptionKey,
  { from, to }: Period,
  below: Step['below'],
): Promise<Step | undefined> {
  if (!(await lockEnabled(transaction, key))) return undefined
  const ofSubscription = transaction`
    d.lane = ${laneOf(key.businessId)} and d.business_id = ${key.businessId} and d.subscription_id = ${key.subscriptionId}`
  const isBelow = below ? transaction`and (d.event_id, d.type) < (${below.eventId}, ${below.type})` : transaction``
  const rows = await transaction<{ eventId: bigint; type: ChatEventType; happenedAt: Date }[]>`
    select d.event_id as "eventId", d.type, d.happened_at as "happenedAt" from market.deliveries d
     where ${ofSubscription} ${isBelow} order by d.event_id desc, d.type desc limit ${replayedAtOnce}`
  const last = rows.at(-1)
  if (!last) return { replayed: 0, below: undefined, oldest: null }
  // As a stretch of the key: a join with the keys may be planned as a scan.
  const { count } = await transaction`
    update market.deliveries d set state = 'waiting', finished_at = null
     where ${ofSubscription} ${isBelow} and (d.event_id, d.type) >= (${last.eventId}, ${last.type})
       and d.happened_at between ${from} and ${to} and d.state in ('delivered', 'refused', 'cancelled')`
  return { replayed: count, below: rows.length === replayedAtOnce ? last : undefined, oldest: last.happenedAt }
}
