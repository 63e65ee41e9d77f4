import { eventOfType, Type } from '#contract'
import { defineEndpoint } from '#serving'
import { secretsOf } from '../../notify/subscription-secret.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import {
  changeSubscription,
  deleteSubscription as deleteRow,
  listWatchedSubscriptions,
} from '../../store/subscription-admin.ts'
import { setSubscriptionState } from '../../store/subscriptions.ts'
import { OfBusiness, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'
import {
  changedMeanwhile,
  createWithSecret,
  OneSubscription,
  requireSubscription,
  type SubscriptionNeeds,
  tellChanged,
  WithSecret,
} from './one-subscription.ts'
import { checkUrl, requirePing } from './ping.ts'
import {
  headers,
  OfSubscription,
  Subscription,
  subscriptionName,
  subscriptionView,
  types,
  url,
} from './subscription-view.ts'
import { readHeaders, requireValues, sealed } from './wanted-headers.ts'

const declared = { tag: 'notifications', isForBusiness: true } as const

export const createSubscription = defineEndpoint(
  defineOwnOperation({
    ...declared,
    name: 'createSubscription',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/subscriptions',
    summary: 'Create a subscription',
    description:
      'An enabled one is created if its address answers PING. This first PING is not signed, as its receiver knows no secret yet. Whoever wants a signature there too creates it disabled, then enables it. The secret is shown here and never again.',
    params: OfBusiness,
    body: Type.Object({
      name: subscriptionName,
      url,
      types,
      headers: Type.Optional(headers),
      isEnabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether it is told from now on.' })),
    }),
    response: WithSecret,
    status: 201,
    refusals: [...usual, 404, 409, 422],
  }),
  async (needs: SubscriptionNeeds, { params, body: { name, url, types, headers = [], isEnabled = true } }) => {
    const { businessId } = await requireBusiness(needs.sql, params.businessId)
    checkUrl(needs, url)
    const { webhooks } = needs.secrets
    const wanted = readHeaders(webhooks, { businessId }, headers)
    // Not signed: the secret is told in the answer to this call, so nobody could check it yet.
    if (isEnabled) await requirePing(needs, { url, secrets: [], headers: wanted })
    const state = isEnabled ? 'enabled' : 'disabled'
    const made = {
      name,
      url,
      types: types.map(eventOfType),
      headers: sealed(webhooks, { businessId }, wanted),
      state,
    } as const
    return createWithSecret(needs, businessId, made)
  },
)

export const listSubscriptions = defineEndpoint(
  defineOwnOperation({
    ...declared,
    name: 'listSubscriptions',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/subscriptions',
    summary: 'List subscriptions',
    description: 'All of the business, oldest first, and how it goes with each.',
    params: OfBusiness,
    response: Type.Object({ subscriptions: Type.Array(Subscription) }),
    refusals: [...usual, 404],
  }),
  async ({ sql, clock }: Pick<SubscriptionNeeds, 'sql' | 'clock'>, { params }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const now = clock.now()
    return { subscriptions: (await listWatchedSubscriptions(sql, businessId)).map(row => subscriptionView(row, now)) }
  },
)

export const updateSubscription = defineEndpoint(
  defineOwnOperation({
    ...declared,
    name: 'updateSubscription',
    verb: 'PATCH',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}',
    summary: 'Change a subscription',
    description:
      'Changes what is given and leaves the rest; takes effect at once. A new address of an enabled one must answer PING first, and is no heir to the failures of the old one.',
    params: OfSubscription,
    body: Type.Object({
      name: Type.Optional(subscriptionName),
      url: Type.Optional(url),
      types: Type.Optional(types),
      headers: Type.Optional(headers),
    }),
    response: OneSubscription,
    refusals: [...usual, 404, 409, 422],
  }),
  async (needs: SubscriptionNeeds, { params, body: { name, url, types, headers } }) => {
    const row = await requireSubscription(needs.sql, params)
    if (url !== undefined) checkUrl(needs, url)
    if (url !== undefined) requireValues(row, url, headers)
    const { webhooks } = needs.secrets
    const wanted = readHeaders(webhooks, row, headers ?? row.headerNames.map(name => ({ name })))
    const isTried = url !== undefined && url !== row.url && row.state === 'enabled'
    if (isTried)
      await requirePing(needs, { url, secrets: secretsOf(webhooks, row, needs.clock.now()), headers: wanted })
    const change = { name, url, types: types?.map(eventOfType), headers: headers && sealed(webhooks, row, wanted) }
    const isChanged = await changeSubscription(needs.sql, params, change, isTried)
    if (!isChanged) throw changedMeanwhile(params)
    return tellChanged(needs, params)
  },
)

export const deleteSubscription = defineEndpoint(
  defineOwnOperation({
    ...declared,
    name: 'deleteSubscription',
    verb: 'DELETE',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}',
    summary: 'Delete a subscription',
    description: 'With its deliveries; what waits is told to nobody.',
    params: OfSubscription,
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ sql, bus, clock }: SubscriptionNeeds, { params }) => {
    await requireSubscription(sql, params)
    // First, so that no delivery is added for it while its deliveries are deleted.
    await setSubscriptionState(sql, params, { from: ['enabled', 'failed'], to: 'disabled', now: clock.now() })
    await deleteRow(sql, params)
    for (const about of ['subscriptions', 'deliveries'] as const)
      bus.publish({ about, businessId: `${params.businessId}` })
    return undefined
  },
)
