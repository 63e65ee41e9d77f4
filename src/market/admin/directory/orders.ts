import { Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, problems } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { requireCustomerById } from '../../store/customers.ts'
import { type PutOrder, saveOrder } from '../../store/orders.ts'
import { businessId, campaignId, orderId, publicId, usual } from '../access/parameters.ts'
import { requireBusiness, requireCampaign, requireCustomer, requireOrder } from '../access/require.ts'
import { orderFacts, requireDays } from './order-facts.ts'
import { Order, orderItems, orderStatus, orderStatusDefault, orderView } from './order-view.ts'

const tag = 'orders'
const OfOrder = Type.Object({ businessId, orderId })

export const putOrder = defineEndpoint(
  defineOwnOperation({
    name: 'putOrder',
    verb: 'PUT',
    path: '/admin/v1/businesses/{businessId}/orders/{orderId}',
    tag,
    summary: 'Put an order',
    description:
      'The order as the order system has it now: all is replaced, save campaign and customer, which never change.',
    params: OfOrder,
    body: Type.Object({
      campaignId,
      customerPublicId: publicId,
      status: Type.Optional(orderStatus),
      items: Type.Optional(orderItems),
      ...orderFacts,
    }),
    response: Type.Object({ order: Order }),
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params: { businessId, orderId }, body }) => {
    const { campaignId, customerPublicId, status = orderStatusDefault, items = [], ...facts } = body
    requireDays(facts.delivery ?? {})
    await requireBusiness(sql, businessId)
    await requireCampaign(sql, businessId, campaignId)
    const customer = await requireCustomer(sql, customerPublicId)
    const order: PutOrder = {
      orderId,
      businessId,
      campaignId,
      customerId: customer.customerId,
      status,
      items,
      facts,
      fake: false,
      createdAt: clock.now(),
      expiresAt: null,
    }
    if (!(await saveOrder(sql, order)))
      throw problems.conflict(
        `Order ${orderId} is of another campaign or another customer, or a test order: it cannot become this one.`,
      )
    return { order: orderView(await requireOrder(sql, businessId, orderId), customer) }
  },
)

export const getOrder = defineEndpoint(
  defineOwnOperation({
    name: 'getOrder',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/orders/{orderId}',
    tag,
    summary: 'Read an order',
    description: 'One order, a test order too.',
    params: OfOrder,
    response: Type.Object({ order: Order }),
    refusals: [...usual, 404],
  }),
  async ({ sql }: { sql: Sql }, { params: { businessId, orderId } }) => {
    const order = await requireOrder(sql, businessId, orderId)
    return { order: orderView(order, await requireCustomerById(sql, order.customerId)) }
  },
)
