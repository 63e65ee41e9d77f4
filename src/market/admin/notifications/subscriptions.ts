import { Type } from 'typebox'
import { type BusinessId, defineOperation, eventOfType } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, problems } from '#serving'
import type { Secrets } from '../../keys/secrets.ts'
import type { Bus } from '../../live/bus.ts'
import { deriveSecret, formatSecret, makeSalt, secretsOf } from '../../notify/subscription-secret.ts'
import {
  changeSubscription,
  deleteSubscription as deleteRow,
  findWatchedSubscription,
  listWatchedSubscriptions,
  type WatchedSubscription,
} from '../../store/subscription-admin.ts'
import {
  insertSubscription,
  type SubscriptionKey,
  type SubscriptionRow,
  setSubscriptionState,
} from '../../store/subscriptions.ts'
import { OfBusiness, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'
import { checkUrl, type Pinging, requirePing } from './ping.ts'
import { OfSubscription, Subscription, subscriptionName, subscriptionView, types, url } from './subscription-view.ts'

const tag = 'notifications'
const subscriptionsMost = 50

export const OneSubscription = Type.Object({ subscription: Subscription })
export const WithSecret = Type.Object({
  subscription: Subscription,
  secret: Type.String({ description: 'Notifications are signed with it, as Standard Webhooks says.' }),
})

export type Needs = Pinging & { sql: Sql; bus: Bus; secrets: Pick<Secrets, 'webhooks'> }

/** The subscription, or a problem that says that it is not there. */
export async function requireSubscription(sql: Sql, key: SubscriptionKey): Promise<WatchedSubscription> {
  const row = await findWatchedSubscription(sql, key)
  if (!row) throw problems.notFound(`Business ${key.businessId} has no subscription ${key.subscriptionId}.`)
  return row
}

/** The subscription as it is now, after the others were told that it has changed. */
export async function tellChanged({ sql, bus, clock }: Needs, key: SubscriptionKey) {
  bus.publish({ about: 'subscriptions', businessId: `${key.businessId}` })
  return { subscription: subscriptionView(await requireSubscription(sql, key), clock.now()) }
}

export function changedMeanwhile({ subscriptionId }: SubscriptionKey) {
  return problems.conflict(`Subscription ${subscriptionId} was changed at the same moment: read it and try again.`)
}

type Wanted = Pick<SubscriptionRow, 'name' | 'url' | 'types'> & { state: 'enabled' | 'disabled' }

/** A new one, with its secret, which is never shown again. */
export async function insertNew(needs: Needs, businessId: BusinessId, wanted: Wanted) {
  const salt = makeSalt()
  const now = needs.clock.now()
  const row = await insertSubscription(needs.sql, { ...wanted, businessId, salt, most: subscriptionsMost, now })
  if (!row)
    throw problems.conflict(
      `Business ${businessId} has ${subscriptionsMost} subscriptions: delete one that is not needed.`,
    )
  const secret = formatSecret(deriveSecret(needs.secrets.webhooks, row, salt))
  return { ...(await tellChanged(needs, row)), secret }
}

export const createSubscription = defineEndpoint(
  defineOperation({
    name: 'createSubscription',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/subscriptions',
    tag,
    summary: 'Create a subscription',
    description:
      'An enabled one is created if its address answers PING, which is signed with a secret that nobody knows. Whoever checks signatures of PING too creates it disabled, then enables it. The secret is shown here and never again.',
    scopes: [],
    perHour: 0,
    isForCabinet: true,
    params: OfBusiness,
    body: Type.Object({
      name: subscriptionName,
      url,
      types,
      isEnabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether it is told from now on.' })),
    }),
    response: WithSecret,
    status: 201,
    refusals: [...usual, 404, 409, 422],
  }),
  async (needs: Needs, { params, body: { name, url, types, isEnabled = true } }) => {
    const { businessId } = await requireBusiness(needs.sql, params.businessId)
    checkUrl(needs, url)
    if (isEnabled) await requirePing(needs, { url, secrets: [makeSalt()] })
    const state = isEnabled ? 'enabled' : 'disabled'
    return insertNew(needs, businessId, { name, url, types: types.map(eventOfType), state })
  },
)

export const listSubscriptions = defineEndpoint(
  defineOperation({
    name: 'listSubscriptions',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/subscriptions',
    tag,
    summary: 'List subscriptions',
    description: 'All of the business, oldest first, and how it goes with each.',
    scopes: [],
    perHour: 0,
    isForCabinet: true,
    params: OfBusiness,
    response: Type.Object({ subscriptions: Type.Array(Subscription) }),
    refusals: [...usual, 404],
  }),
  async ({ sql, clock }: Pick<Needs, 'sql' | 'clock'>, { params }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const now = clock.now()
    return { subscriptions: (await listWatchedSubscriptions(sql, businessId)).map(row => subscriptionView(row, now)) }
  },
)

export const updateSubscription = defineEndpoint(
  defineOperation({
    name: 'updateSubscription',
    verb: 'PATCH',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}',
    tag,
    summary: 'Change a subscription',
    description:
      'Changes what is given and leaves the rest; takes effect at once. A new address of an enabled one must answer PING first, and is no heir to the failures of the old one.',
    scopes: [],
    perHour: 0,
    isForCabinet: true,
    params: OfSubscription,
    body: Type.Object({
      name: Type.Optional(subscriptionName),
      url: Type.Optional(url),
      types: Type.Optional(types),
    }),
    response: OneSubscription,
    refusals: [...usual, 404, 409, 422],
  }),
  async (needs: Needs, { params, body: { name, url, types } }) => {
    const row = await requireSubscription(needs.sql, params)
    if (url !== undefined) checkUrl(needs, url)
    const isTried = url !== undefined && url !== row.url && row.state === 'enabled'
    if (isTried) await requirePing(needs, { url, secrets: secretsOf(needs.secrets.webhooks, row, needs.clock.now()) })
    const change = { name, url, types: types?.map(eventOfType) }
    const isChanged = await changeSubscription(needs.sql, params, change, isTried)
    if (!isChanged) throw changedMeanwhile(params)
    return tellChanged(needs, params)
  },
)

export const deleteSubscription = defineEndpoint(
  defineOperation({
    name: 'deleteSubscription',
    verb: 'DELETE',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}',
    tag,
    summary: 'Delete a subscription',
    description: 'With its deliveries; what waits is told to nobody.',
    scopes: [],
    perHour: 0,
    isForCabinet: true,
    params: OfSubscription,
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ sql, bus, clock }: Needs, { params }) => {
    await requireSubscription(sql, params)
    // So that what is written from now on has nobody to wait for.
    await setSubscriptionState(sql, params, { from: ['enabled', 'failed'], to: 'disabled', now: clock.now() })
    await deleteRow(sql, params)
    for (const about of ['subscriptions', 'deliveries'] as const)
      bus.publish({ about, businessId: `${params.businessId}` })
    return undefined
  },
)
