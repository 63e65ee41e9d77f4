import { type BusinessId, dateTime, int32, parseMoment, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, problems } from '#serving'
import type { Bus } from '../../live/bus.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { replayPeriod, replayDelivery as replayRow } from '../../store/delivery-replay.ts'
import { usual } from '../access/parameters.ts'
import { OfDelivery, requireDelivery, viewDelivery } from './deliveries.ts'
import { Delivery } from './delivery-view.ts'
import { notEnabled, requireSubscription } from './one-subscription.ts'
import { OfSubscription } from './subscription-view.ts'

const tag = 'notifications'
// A larger id may be committed before a smaller one, and the clocks of market processes differ: both by less than this.
const slackMs = 60 * 60 * 1000

/** So that the deliverer works on the subscription at once, and pages are read again. */
function tellReplayed(bus: Bus, businessId: BusinessId): void {
  for (const about of ['subscriptions', 'deliveries'] as const) bus.publish({ about, businessId: `${businessId}` })
}

export const replayDelivery = defineEndpoint(
  defineOwnOperation({
    name: 'replayDelivery',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/deliveries/{deliveryId}/replay',
    tag,
    summary: 'Send a delivery once more',
    description: 'One that was delivered, refused or cancelled waits again, before everything that is newer.',
    isForBusiness: true,
    params: OfDelivery,
    response: Type.Object({ delivery: Delivery }),
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, bus }: { sql: Sql; bus: Bus }, { params }) => {
    const { key } = await requireDelivery(sql, params)
    const replayed = await replayRow(sql, key)
    if (replayed === 'not_enabled') throw notEnabled(key.subscriptionId)
    if (replayed === 'unfinished')
      throw problems.conflict('This delivery waits or is in flight already: wait for what becomes of it.')
    const { row } = await requireDelivery(sql, params)
    tellReplayed(bus, params.businessId)
    return { delivery: await viewDelivery(sql, row) }
  },
)

export const replaySubscription = defineEndpoint(
  defineOwnOperation({
    name: 'replaySubscription',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/subscriptions/{subscriptionId}/replay',
    tag,
    summary: 'Send once more what happened in a period',
    description: 'What was delivered, refused or cancelled waits again, oldest first, before everything that is newer.',
    isForBusiness: true,
    params: OfSubscription,
    body: Type.Object({
      from: dateTime('From when on, that moment included; with the offset from UTC.'),
      to: dateTime('Until when, that moment included; with the offset from UTC.'),
    }),
    response: Type.Object({ replayed: int32({ description: 'How many wait again.' }) }),
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, bus }: { sql: Sql; bus: Bus }, { params, body }) => {
    const [from, to] = [readMoment('from', body.from), readMoment('to', body.to)]
    if (to < from) throw problems.misfit('to', 'must not be before from')
    await requireSubscription(sql, params)
    const replayed = await replayPeriod(sql, params, { from, to, slackMs })
    if (replayed === undefined) throw notEnabled(params.subscriptionId)
    if (replayed > 0) tellReplayed(bus, params.businessId)
    return { replayed }
  },
)

function readMoment(at: string, text: string): Date {
  const moment = parseMoment(text)
  if (moment === undefined) throw problems.misfit(at, 'must be a date with time and offset: 2026-03-01T09:00:00Z')
  return moment
}
