import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import { laneOf } from '../lane.ts'
import type { DeliveryFilter, DeliveryPosition } from './filter.ts'

/** The keys of the subscriptions that a list is merged over. */
export const subscriptionsOf = (sql: Queries, businessId: BusinessId, { subscriptionId }: DeliveryFilter) => sql`
  select s.business_id, s.subscription_id from market.subscriptions s
   where s.lane = ${laneOf(businessId)} and s.business_id = ${businessId}
     ${subscriptionId === undefined ? sql`` : sql`and s.subscription_id = ${subscriptionId}`}`

/** Of market.deliveries d: those that come after a position. */
export const isBefore = (sql: Queries, before: DeliveryPosition | undefined) =>
  before === undefined
    ? sql``
    : sql`and (d.event_id, d.type, d.subscription_id) < (${before.eventId}, ${before.type}, ${before.subscriptionId})`
