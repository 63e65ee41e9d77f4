import { dateTime, int32, type Static, Type } from '#contract'
import type { CustomerRow } from '../../store/customers.ts'
import type { OrderRow } from '../../store/orders.ts'
import { businessId, campaignId, createdAt, orderId, publicId } from '../access/parameters.ts'
import { orderFacts } from './order-facts.ts'

const maxItems = 500
const maxPrice = 1_000_000_000
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
    price: Type.Optional(
      Type.Number({ minimum: 0, maximum: maxPrice, description: 'Of one piece; no price if it is left out.' }),
    ),
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
    customerName: Type.String({ description: 'The name the customer shows.' }),
    status: orderStatus,
    items: orderItems,
    ...orderFacts,
    fake: Type.Boolean({ description: 'A test order.' }),
    createdAt,
    updatedAt: dateTime('When it last changed, UTC.'),
    expiresAt: Type.Optional(dateTime('When a test order is removed with its chat, UTC.')),
  },
  { title: 'Order' },
)

type Buyer = Pick<CustomerRow, 'publicId' | 'name'>

export function orderView(order: OrderRow, { publicId, name }: Buyer): Static<typeof Order> {
  const { orderId, businessId, campaignId, status, items, facts, fake, createdAt, updatedAt, expiresAt } = order
  return {
    orderId,
    businessId,
    campaignId,
    customerPublicId: publicId,
    customerName: name,
    status,
    items,
    ...facts,
    fake,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }
}
