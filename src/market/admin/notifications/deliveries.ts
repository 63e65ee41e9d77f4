import {
  type BusinessId,
  type ChatId,
  chatEvents,
  eventOfType,
  idFrom,
  idOf,
  inside,
  quoteJson,
  type Static,
  serializeNotification,
  Type,
} from '#contract'
import type { Queries, Sql } from '#database'
import { defineEndpoint, type PageTokens, problems } from '#serving'
import { readDeliveryId } from '../../notify/delivery-id.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { openPageToken } from '../../own-apis/paging.ts'
import type { DeliveryKey } from '../../store/deliveries.ts'
import type { DeliveryFilter, DeliveryPosition } from '../../store/delivery-lists/filter.ts'
import { listDeliveries as listRows } from '../../store/delivery-lists/list-deliveries.ts'
import { type DeliveryRow, findDelivery, listAttempts } from '../../store/delivery-views.ts'
import type { SubscriptionId } from '../../store/subscriptions.ts'
import { businessId, nextPageToken, OfBusiness, Paging, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'
import { Attempt, attemptView, Delivery, deliveryState, deliveryView } from './delivery-view.ts'
import { notificationType } from './subscription-view.ts'

const tag = 'notifications'
const attemptsShown = 20
// Whoever looks for what is not there goes on page by page.
const maxLooked = 2_000
// A delivery is attempted about 465 times in 14 days; replays add to that.
const maxAttempts = 2_000

export const OfDelivery = Type.Object({
  businessId,
  deliveryId: Type.String({ minLength: 1, maxLength: 200, description: 'The delivery, as the list has it.' }),
})

const Query = Type.Object({
  state: Type.Optional(deliveryState),
  type: Type.Optional(notificationType),
  chatId: Type.Optional(idOf<ChatId>('Only what tells of this chat.')),
  subscriptionId: Type.Optional(idOf<SubscriptionId>('Only what this subscription is told.')),
  ...Paging.properties,
})

export const listDeliveries = defineEndpoint(
  defineOwnOperation({
    name: 'listDeliveries',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/deliveries',
    tag,
    summary: 'List deliveries',
    description: `Newest first, with up to ${attemptsShown} attempts of each; kept for ten days after they are finished. A page may have fewer than asked for, or none, and still a nextPageToken: so much is looked through at a time and no more.`,
    isForBusiness: true,
    params: OfBusiness,
    query: Query,
    response: Type.Object({ deliveries: Type.Array(Delivery), nextPageToken }),
    refusals: [...usual, 404],
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { params, query }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const { limit = 0 } = query
    const filter = filterOf(query)
    const owner = ['listDeliveries', businessId, filter]
    const texts = openPageToken(pageTokens, owner, query)
    const page = { before: texts && readPosition(texts), limit: limit + 1, maxLooked }
    const { rows, end } = await listRows(sql, businessId, filter, page)
    const shown = rows.slice(0, limit)
    const next = rows.length > limit ? shown.at(-1) : end
    const attempts = await listAttempts(sql, businessId, shown, attemptsShown)
    return {
      deliveries: shown.map(row => deliveryView(row, attempts)),
      ...(next && { nextPageToken: pageTokens.seal(owner, serializePosition(next)) }),
    }
  },
)

function filterOf({ state, type, chatId, subscriptionId }: Static<typeof Query>): DeliveryFilter {
  return { state: state && inside(state), type: type && eventOfType(type), chatId, subscriptionId }
}

const serializePosition = ({ eventId, type, subscriptionId }: DeliveryPosition) => [
  `${eventId}`,
  type,
  `${subscriptionId}`,
]

function readPosition([eventId = '', word = '', subscriptionId = '']: string[]): DeliveryPosition {
  const type = chatEvents.find(known => known === word)
  if (!type) throw new Error('a page token of deliveries was sealed without its type')
  return { eventId: BigInt(eventId), type, subscriptionId: idFrom<SubscriptionId>(subscriptionId) }
}

/** The delivery that a path names. Throws a 404, for one of another business too. */
export async function requireDelivery(
  sql: Queries,
  { businessId, deliveryId }: { businessId: BusinessId; deliveryId: string },
): Promise<{ key: DeliveryKey; row: DeliveryRow }> {
  const key = readDeliveryId(deliveryId)
  const row = key?.businessId === businessId ? await findDelivery(sql, key) : undefined
  if (!key || !row)
    throw problems.notFound(`Business ${businessId} has no such delivery: it was never made, or is pruned.`)
  return { key, row }
}

/** A delivery with its last attempts. */
export async function viewDelivery(sql: Sql, row: DeliveryRow): Promise<Static<typeof Delivery>> {
  return deliveryView(row, await listAttempts(sql, row.businessId, [row], attemptsShown))
}

export const readDelivery = defineEndpoint(
  defineOwnOperation({
    name: 'readDelivery',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/deliveries/{deliveryId}',
    tag,
    summary: 'Read a delivery',
    description: 'What is sent, letter for letter, and every attempt, newest first.',
    isForBusiness: true,
    params: OfDelivery,
    response: Type.Object({
      delivery: Delivery,
      notification: Type.Unsafe<object>({ type: 'object', additionalProperties: true, description: 'The body.' }),
      attempts: Type.Array(Attempt),
    }),
    refusals: [...usual, 404],
  }),
  async ({ sql }: { sql: Sql }, { params }) => {
    const { row } = await requireDelivery(sql, params)
    const attempts = await listAttempts(sql, params.businessId, [row], maxAttempts)
    return {
      delivery: deliveryView(row, attempts.slice(0, attemptsShown)),
      notification: quoteJson(serializeNotification(row)),
      attempts: attempts.map(attemptView),
    }
  },
)
