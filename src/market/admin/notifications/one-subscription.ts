import type { BusinessId } from '#contract'
import { Type } from '#contract'
import type { Sql } from '#database'
import { problems } from '#serving'
import type { Secrets } from '../../keys/secrets.ts'
import type { Bus } from '../../live/bus.ts'
import { deriveSecret, formatSecret, makeSalt } from '../../notify/subscription-secret.ts'
import { findWatchedSubscription, type WatchedSubscription } from '../../store/subscription-admin.ts'
import {
  insertSubscription,
  type SealedHeaders,
  type SubscriptionKey,
  type SubscriptionRow,
} from '../../store/subscriptions.ts'
import type { PingNeeds } from './ping.ts'
import { Subscription, subscriptionView } from './subscription-view.ts'

const maxSubscriptions = 50

export const OneSubscription = Type.Object({ subscription: Subscription })
export const WithSecret = Type.Object({
  subscription: Subscription,
  secret: Type.String({ description: 'Notifications are signed with it, as Standard Webhooks says.' }),
})

export type SubscriptionNeeds = PingNeeds & { sql: Sql; bus: Bus; secrets: Pick<Secrets, 'webhooks'> }

/** The subscription. Throws a 404. */
export async function requireSubscription(sql: Sql, key: SubscriptionKey): Promise<WatchedSubscription> {
  const row = await findWatchedSubscription(sql, key)
  if (!row) throw noSuchSubscription(key)
  return row
}

export function noSuchSubscription({ businessId, subscriptionId }: SubscriptionKey) {
  return problems.notFound(`Business ${businessId} has no subscription ${subscriptionId}.`)
}

/** Tells the deliverer and the streams that it has changed, and returns it as it is now. */
export async function tellChanged({ sql, bus, clock }: SubscriptionNeeds, key: SubscriptionKey) {
  bus.publish({ about: 'subscriptions', businessId: `${key.businessId}` })
  return { subscription: subscriptionView(await requireSubscription(sql, key), clock.now()) }
}

export function notEnabled(subscriptionId: SubscriptionKey['subscriptionId']) {
  return problems.conflict(`Subscription ${subscriptionId} is not enabled, so nothing would be sent: enable it first.`)
}

export function changedMeanwhile({ subscriptionId }: SubscriptionKey) {
  return problems.conflict(`Subscription ${subscriptionId} was changed at the same moment: read it and try again.`)
}

type NewSubscription = Pick<SubscriptionRow, 'name' | 'url' | 'types'> & {
  state: 'enabled' | 'disabled'
  headers: SealedHeaders
}

/** Creates a subscription. The secret is shown in this answer and never again. */
export async function createWithSecret(needs: SubscriptionNeeds, businessId: BusinessId, wanted: NewSubscription) {
  const salt = makeSalt()
  const now = needs.clock.now()
  const row = await insertSubscription(needs.sql, { ...wanted, businessId, salt, max: maxSubscriptions, now })
  if (!row)
    throw problems.conflict(
      `Business ${businessId} has ${maxSubscriptions} subscriptions: delete one that is not needed.`,
    )
  const secret = formatSecret(deriveSecret(needs.secrets.webhooks, row, salt))
  return { ...(await tellChanged(needs, row)), secret }
}
