import { type Static, Type } from 'typebox'
import { dateTime, int32 } from '#contract'
import type { CustomerRow } from '../../store/customers.ts'
import type { OrderRow } from '../../store/orders.ts'
import { businessId, campaignId, createdAt, orderId, publicId } from '../access/parameters.ts'

const maxItems = 500
export const orderStatusDefault = 'PROCESSING'

export const orderStatus = Type.String({
  minLength: 1,
  maxLength: 50,
  default: orderStatusDefault,
  description: "In the words of the marketplace's order system.",
})
const Item = Type.Object(
  {
    offerId: Type.String({ minLength: 1, maxLength: 255, description: "The shop's id of the goods." }),
    name: Type.String({ minLength: 1, maxLength: 500, description: 'What it is.' }),
    count: int32({ minimum: 1, description: 'How many.' }),
  },
  { title: 'OrderItem' },
)
export const orderItems = Type.Unsafe<Static<typeof Item>[]>({
  type: 'array',
  items: Item,
  maxItems,
  default: [],
  description: 'What was ordered.',
})
/** An order as the admin API shows it. */
export const Order = Type.Object(
  {
    orderId,
    businessId,
    campaignId,
    customerPublicId: publicId,
    status: orderStatus,
    items: orderItems,
    fake: Type.Boolean({ description: 'A test order.' }),
    createdAt,
    expiresAt: Type.Optional(dateTime('When a test order is removed with its chat, UTC.')),
  },
  { title: 'Order' },
)

export function orderView(order: OrderRow, { publicId }: Pick<CustomerRow, 'publicId'>): Static<typeof Order> {
  const { orderId, businessId, campaignId, status, items, fake, createdAt, expiresAt } = order
  return {
    orderId,
    businessId,
    campaignId,
    customerPublicId: publicId,
    status,
    items,
    fake,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }
}
