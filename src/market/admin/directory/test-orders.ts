import { randomUUID } from 'node:crypto'
import { type Static, Type, testOrderDays } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, problems } from '#serving'
import { findContext, openContextChat } from '../../chats/open-chat.ts'
import type { Bus } from '../../live/bus.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { saveCustomer } from '../../store/customers.ts'
import { type PutOrder, removeTestOrder, saveOrder, takeTestOrderId } from '../../store/orders.ts'
import { businessId, campaignId, chatId, name, OfBusiness, orderId, usual } from '../access/parameters.ts'
import { requireBusiness, requireCampaign } from '../access/require.ts'
import { Order, orderStatusDefault, orderView } from './order-view.ts'

const tag = 'test orders'
const dayMs = 24 * 60 * 60 * 1000
const customerNameDefault = 'Тестовый покупатель'
const OfTestOrder = Type.Object({ businessId, orderId })

const noTestOrder = ({ businessId, orderId }: Static<typeof OfTestOrder>) =>
  problems.notFound(`Business ${businessId} has no test order ${orderId}: create one first.`)

export const createTestOrder = defineEndpoint(
  defineOwnOperation({
    name: 'createTestOrder',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/test-orders',
    tag,
    summary: 'Create a test order',
    description: `An order to try an integration with, of a customer of its own who never answers. Kept ${testOrderDays} days.`,
    params: OfBusiness,
    body: Type.Object({ campaignId, customerName: Type.Optional(name) }),
    response: Type.Object({ order: Order }),
    status: 201,
    refusals: [...usual, 404],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params: { businessId }, body }) => {
    const { campaignId, customerName = customerNameDefault } = body
    await requireBusiness(sql, businessId)
    await requireCampaign(sql, businessId, campaignId)
    const now = clock.now()
    const customer = await saveCustomer(sql, `test-${randomUUID()}`, customerName, now)
    const order: PutOrder = {
      orderId: await takeTestOrderId(sql, businessId),
      businessId,
      campaignId,
      customerId: customer.customerId,
      status: orderStatusDefault,
      items: [],
      fake: true,
      createdAt: now,
      expiresAt: new Date(now.getTime() + testOrderDays * dayMs),
    }
    await saveOrder(sql, order)
    return { order: orderView({ ...order, facts: {}, updatedAt: now }, customer) }
  },
)

export const openTestChat = defineEndpoint(
  defineOwnOperation({
    name: 'openTestChat',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/test-orders/{orderId}/chat',
    tag,
    summary: 'Open the test chat',
    description: 'The chat about a test order: the one there is, or a new one.',
    params: OfTestOrder,
    response: Type.Object({ chatId }),
    refusals: [...usual, 404],
  }),
  async ({ sql, bus, clock }: { sql: Sql; bus: Bus; clock: Clock }, { params }) => {
    const { businessId, orderId } = params
    const found = await findContext(sql, businessId, { type: 'order', orderId })
    if (!found.found || !found.order.fake) throw noTestOrder(params)
    const { chatId } = await openContextChat({ sql, bus }, found, clock.now())
    return { chatId }
  },
)

export const deleteTestOrder = defineEndpoint(
  defineOwnOperation({
    name: 'deleteTestOrder',
    verb: 'DELETE',
    path: '/admin/v1/businesses/{businessId}/test-orders/{orderId}',
    tag,
    summary: 'Remove a test order',
    description: 'With its chat, before its time. It cannot be undone.',
    params: OfTestOrder,
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params }) => {
    if (!(await removeTestOrder(sql, params, clock.now()))) throw noTestOrder(params)
    return undefined
  },
)
