import {
  type BusinessId,
  type ChatId,
  type ChatNotificationType,
  idOf,
  int32,
  oneOf,
  type Static,
  Type,
} from '#contract'
import type { AdminCalls } from '../connection/admin-calls.ts'

export const deliveryStates = ['WAITING', 'IN_FLIGHT', 'DELIVERED', 'REFUSED', 'CANCELLED'] as const

const Attempt = Type.Object({
  attempt: int32(),
  startedAt: Type.String(),
  durationMs: int32(),
  outcome: oneOf(['DELIVERED', 'REFUSED', 'FAILED']),
  status: Type.Optional(int32()),
  failure: Type.Optional(Type.Object({ reason: Type.String() })),
})
export type Attempt = Static<typeof Attempt>

export const Delivery = Type.Object({
  deliveryId: Type.String(),
  subscriptionId: idOf<bigint>('The subscription.'),
  type: Type.String(),
  chatId: idOf<ChatId>('The chat.'),
  messageId: Type.Optional(idOf<bigint>('The message.')),
  happenedAt: Type.String(),
  state: oneOf(deliveryStates),
  attempts: Type.Array(Attempt),
  attemptCount: int32(),
})
/** One notification on its way to one subscription: to whoever writes its receiver, an event. */
export type Delivery = Static<typeof Delivery>

export const WholeDelivery = Type.Object({ delivery: Delivery, attempts: Type.Array(Attempt) })
const Page = Type.Object({ deliveries: Type.Array(Delivery), nextPageToken: Type.Optional(Type.String()) })

const Subscriptions = Type.Object({
  subscriptions: Type.Array(Type.Object({ subscriptionId: idOf<bigint>('The subscription.'), name: Type.String() })),
})

/** Whom each subscription tells, by the name that its owner gave it. */
export async function readReceivers(admin: AdminCalls, businessId: BusinessId): Promise<ReadonlyMap<bigint, string>> {
  const { subscriptions } = await admin.ask(`GET /admin/v1/businesses/${businessId}/subscriptions`, Subscriptions)
  return new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId, name]))
}

export type DeliveryFilter = {
  state?: (typeof deliveryStates)[number]
  type?: ChatNotificationType
  chat?: ChatId
  limit: number
}

/** The newest that fit, newest first, and whether there are more. A page may have fewer than asked for. */
export async function readDeliveries(
  admin: AdminCalls,
  businessId: BusinessId,
  { state, type, chat, limit }: DeliveryFilter,
): Promise<{ deliveries: Delivery[]; isMore: boolean }> {
  const found: Delivery[] = []
  let token: string | undefined = ''
  while (token !== undefined && found.length < limit) {
    const given = { state, type, chatId: chat?.toString(), pageToken: token || undefined }
    const query = new URLSearchParams({ limit: `${limit}` })
    for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value)
    const page: Static<typeof Page> = await admin.ask(
      `GET /admin/v1/businesses/${businessId}/deliveries?${query}`,
      Page,
    )
    found.push(...page.deliveries)
    token = page.nextPageToken
  }
  return { deliveries: found.slice(0, limit), isMore: token !== undefined || found.length > limit }
}
