import { dateTime, Type } from '#contract'
import { defineEndpoint } from '#serving'
import { deriveSecret, formatSecret, makeSalt } from '../../notify/subscription-secret.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { lockWithUrl, makeDue, rotateSalt } from '../../store/subscription-admin.ts'
import { setSubscriptionState } from '../../store/subscriptions.ts'
import { usual } from '../access/parameters.ts'
import {
  changedMeanwhile,
  createWithSecret,
  noSuchSubscription,
  notEnabled,
  OneSubscription,
  requireSubscription,
  type SubscriptionNeeds,
  tellChanged,
  WithSecret,
} from './one-subscription.ts'
import { ping, requirePing } from './ping.ts'
import { OfSubscription } from './subscription-view.ts'
import { Tried, targetOf, triedView } from './tried.ts'

const maxNameLength = 200
const overlapMs = 24 * 60 * 60 * 1000

const post = {
  verb: 'POST',
  tag: 'notifications',
  isForBusiness: true,
  params: OfSubscription,
} as const

export const enableSubscription = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'enableSubscription',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/enable',
    summary: 'Enable a subscription',
    description:
      'If its address answers PING. It begins anew: its failures are forgotten, and it is told of what happens from now on.',
    response: OneSubscription,
    refusals: [...usual, 404, 409, 422],
  }),
  async (needs: SubscriptionNeeds, { params }) => {
    const row = await requireSubscription(needs.sql, params)
    if (row.state === 'enabled') return tellChanged(needs, params)
    await requirePing(needs, targetOf(needs, row))
    const now = needs.clock.now()
    const isLeft = await needs.sql.begin(async transaction => {
      // Only if the address is still the one that answered PING.
      if (!(await lockWithUrl(transaction, params, row.url))) return false
      await setSubscriptionState(transaction, params, { from: ['disabled', 'failed'], to: 'enabled', now })
      return true
    })
    if (!isLeft) throw changedMeanwhile(params)
    return tellChanged(needs, params)
  },
)

export const disableSubscription = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'disableSubscription',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/disable',
    summary: 'Disable a subscription',
    description: 'What waits for it is cancelled, and counted.',
    response: OneSubscription,
    refusals: [...usual, 404],
  }),
  async (needs: SubscriptionNeeds, { params }) => {
    await requireSubscription(needs.sql, params)
    const now = needs.clock.now()
    await setSubscriptionState(needs.sql, params, { from: ['enabled', 'failed'], to: 'disabled', now })
    return tellChanged(needs, params)
  },
)

export const retrySubscription = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'retrySubscription',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/retry',
    summary: 'Try at once what waits',
    description:
      'One that fails waits for its next attempt: it is made now. If it fails too, the one after it comes by the schedule.',
    response: OneSubscription,
    refusals: [...usual, 404, 409],
  }),
  async (needs: SubscriptionNeeds, { params }) => {
    await requireSubscription(needs.sql, params)
    if (!(await makeDue(needs.sql, params))) throw notEnabled(params.subscriptionId)
    return tellChanged(needs, params)
  },
)

export const duplicateSubscription = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'duplicateSubscription',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/duplicate',
    summary: 'Duplicate a subscription',
    description: 'The same once more, disabled, with a secret of its own, which is shown here and never again.',
    response: WithSecret,
    status: 201,
    refusals: [...usual, 404, 409],
  }),
  async (needs: SubscriptionNeeds, { params }) => {
    const { name, url, types, headerNames, sealedHeaders } = await requireSubscription(needs.sql, params)
    const ending = ' (2)'
    const copy = { name: name.slice(0, maxNameLength - ending.length).toWellFormed() + ending, url, types }
    return createWithSecret(needs, params.businessId, {
      ...copy,
      headers: { headerNames, sealedHeaders },
      state: 'disabled',
    })
  },
)

export const pingSubscription = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'pingSubscription',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/ping',
    summary: 'Send PING',
    description: 'In any state; changes nothing.',
    response: Tried,
    refusals: [...usual, 404],
  }),
  async (needs: SubscriptionNeeds, { params }) => {
    return triedView(await ping(needs, targetOf(needs, await requireSubscription(needs.sql, params))))
  },
)

export const rotateSecret = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'rotateSecret',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/rotate-secret',
    summary: 'Change the secret',
    description:
      'The new one is shown here and never again. For a day the one before signs too; a third one, changed meanwhile, no more.',
    response: Type.Object({
      secret: Type.String({ description: 'The new secret.' }),
      previousValidUntil: dateTime('Until when the one before signs too, UTC.'),
    }),
    refusals: [...usual, 404],
  }),
  async (needs: SubscriptionNeeds, { params }) => {
    const salt = makeSalt()
    const previousUntil = new Date(needs.clock.now().getTime() + overlapMs)
    if (!(await rotateSalt(needs.sql, params, { salt, previousUntil }))) throw noSuchSubscription(params)
    needs.bus.publish({ about: 'subscriptions', businessId: `${params.businessId}` })
    const secret = formatSecret(deriveSecret(needs.secrets.webhooks, params, salt))
    return { secret, previousValidUntil: previousUntil.toISOString() }
  },
)
