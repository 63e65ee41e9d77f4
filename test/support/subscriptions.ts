import { type BusinessId, type ChatEventType, chatEvents } from '#contract'
import type { Sql } from '../../src/database/connect.ts'
import { makeSalt } from '../../src/market/notify/subscription-secret.ts'
import { insertSubscription, type SubscriptionRow } from '../../src/market/store/subscriptions.ts'

type Wanted = { url: string; types?: ChatEventType[] }

/** An enabled subscription of a business, as if its PING had been answered. */
export async function subscribe(
  sql: Sql,
  { businessId }: { businessId: BusinessId },
  { url, types = [...chatEvents] }: Wanted,
): Promise<SubscriptionRow> {
  const row = await insertSubscription(sql, {
    ...{ businessId, name: 'CRM', url, types, salt: makeSalt() },
    ...{ state: 'enabled' as const, max: 50, now: new Date() },
  })
  if (!row) throw new Error(`business ${businessId} has too many subscriptions`)
  return row
}

export type StoredDelivery = { type: ChatEventType; state: string; attempts: string[] }

/** What is stored of a business's deliveries, oldest first, with what each attempt came to. */
export function readDeliveries(sql: Sql, { businessId }: { businessId: BusinessId }): Promise<StoredDelivery[]> {
  return sql<StoredDelivery[]>`
    select d.type, d.state,
           array(select coalesce(a.failure || coalesce(' ' || a.status, ''), a.outcome) from market.delivery_attempts a
                  where a.lane = d.lane and a.business_id = d.business_id and a.subscription_id = d.subscription_id
                    and a.event_id = d.event_id and a.type = d.type order by a.attempt) as attempts
      from market.deliveries d
     where d.lane = market.lane_of(${businessId}) and d.business_id = ${businessId}
     order by d.subscription_id, d.event_id, d.type`
}
