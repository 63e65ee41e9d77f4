import { answerTimeoutMs, sampleNotification, Type } from '#contract'
import { defineEndpoint } from '#serving'
import { makeSampleId } from '../../notify/delivery-id.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { usual } from '../access/parameters.ts'
import { requireSubscription, type SubscriptionNeeds } from './one-subscription.ts'
import { notificationType, OfSubscription } from './subscription-view.ts'
import { Tried, targetOf, triedView } from './tried.ts'

export const sendSample = defineEndpoint(
  defineOwnOperation({
    name: 'sendSample',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/sample',
    tag: 'notifications',
    summary: 'Send a sample',
    description:
      'One notification of this type to its address, signed as all are, of a chat and a message that are made up. In any state; changes nothing, is not repeated, and is no delivery.',
    isForBusiness: true,
    params: OfSubscription,
    body: Type.Object({ type: notificationType }),
    response: Tried,
    refusals: [...usual, 404],
  }),
  async (needs: SubscriptionNeeds, { params, body: { type } }) => {
    const target = targetOf(needs, await requireSubscription(needs.sql, params))
    const { businessId } = params
    const sample = sampleNotification(type, { businessId, happenedAt: needs.clock.now() })
    return triedView(await needs.sender.send(target, { id: makeSampleId(), body: sample, timeoutMs: answerTimeoutMs }))
  },
)
