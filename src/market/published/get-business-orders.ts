import { type BodyOf, idFrom, inside, type OrderId, placementTypes, refusals } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import type { PageTokens } from '#serving'
import { type OrderPosition, type OrderSearch, searchOrders } from '../store/shop-orders/search.ts'
import type { Answer, Call } from './operation-handler.ts'
import { orderOnWire, platformOf } from './order-on-wire.ts'
import { readPeriods } from './order-periods.ts'

type Needs = { sql: Sql; clock: Clock; pageTokens: PageTokens }
type Body = BodyOf<'getBusinessOrders'>

/** Newest first. Orders never change their place, so a walk meets each once; those made meanwhile stand before its beginning. */
export async function getBusinessOrders(
  { sql, clock, pageTokens }: Needs,
  { params: { businessId }, query: { pageToken, limit = 0 }, body }: Call<'getBusinessOrders'>,
): Promise<Answer<'getBusinessOrders'>> {
  const owner = ['getBusinessOrders', businessId, body]
  const texts = pageToken === undefined ? [] : pageTokens.open(owner, pageToken)
  if (texts === undefined) throw refusals.badPageToken()

  const search = searchOf(body, clock.now())
  if (findsNone(body)) return { orders: [], paging: {} }
  const rows = await searchOrders(sql, businessId, search, { before: positionOf(texts), limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    orders: page.map(orderOnWire),
    paging: last ? { nextPageToken: pageTokens.seal(owner, [`${last.createdAt.getTime()}`, `${last.orderId}`]) } : {},
  }
}

function positionOf([createdAt, orderId]: string[]): OrderPosition | undefined {
  if (createdAt === undefined || orderId === undefined) return undefined
  return { createdAt: new Date(Number(createdAt)), orderId: idFrom<OrderId>(orderId) }
}

/** No order here has a number of the shop's own, and none waits for its cancellation to be approved. */
function findsNone({ externalOrderIds, waitingForCancellationApprove }: Body): boolean {
  return Boolean(externalOrderIds) || waitingForCancellationApprove === true
}

function searchOf(body: Body, now: Date): OrderSearch {
  const { orderIds, externalOrderIds, campaignIds, statuses, substatuses, fake, dates = {} } = body
  return {
    orderIds: orderIds ?? undefined,
    campaignIds: campaignIds ?? undefined,
    placementTypes: placementsOf(body),
    statuses: statuses ?? undefined,
    substatuses: substatuses ?? undefined,
    fake,
    ...readPeriods(dates, { now, isNamed: Boolean(orderIds ?? externalOrderIds) }),
  }
}

/** The kinds of campaigns that both filters allow. */
function placementsOf({ programTypes, sourcePlatforms }: Body): string[] | undefined {
  if (!programTypes && !sourcePlatforms) return undefined
  return placementTypes
    .filter(type => (programTypes ? programTypes.includes(type) : true))
    .map(type => inside(type))
    .filter(type => (sourcePlatforms ? sourcePlatforms.includes(platformOf(type)) : true))
}
