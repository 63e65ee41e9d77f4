import type { BusinessId, OrderId, ReturnId } from '#contract'
import type { Sql } from '#database'
import type { Bus } from '../live/bus.ts'
import { findCampaign } from '../store/campaigns.ts'
import { type NewChat, openChat } from '../store/chats.ts'
import { type CustomerId, noteBusiness } from '../store/customers.ts'
import { findOrder, findReturn, type OrderRow } from '../store/orders.ts'

type Needs = { sql: Sql; bus: Bus }

/** What a chat is to be about. */
export type Context = { type: 'order'; orderId: OrderId } | { type: 'return'; returnId: ReturnId }

export type Found =
  | { found: true; order: OrderRow; returnId: ReturnId | null }
  | { found: false; why: 'no_order' | 'no_return' | 'not_for_dbs' | 'not_for_test_orders' }

/** The order behind a context, whether or not a chat about it may be opened. */
export async function findOrderBehind(
  sql: Sql,
  businessId: BusinessId,
  context: Context,
): Promise<OrderRow | undefined> {
  if (context.type === 'order') return findOrder(sql, businessId, context.orderId)
  const goods = await findReturn(sql, businessId, context.returnId)
  return goods && findOrder(sql, businessId, goods.orderId)
}

/** The order behind a context, and whether a chat about it may be opened. RETURN is not for DBS, nor for test orders. */
export async function findContext(sql: Sql, businessId: BusinessId, context: Context): Promise<Found> {
  const order = await findOrderBehind(sql, businessId, context)
  if (context.type === 'order') {
    return order ? { found: true, order, returnId: null } : { found: false, why: 'no_order' }
  }
  if (!order) return { found: false, why: 'no_return' }
  if (order.fake) return { found: false, why: 'not_for_test_orders' }
  const campaign = await findCampaign(sql, order.campaignId)
  if (campaign?.placementType === 'dbs') return { found: false, why: 'not_for_dbs' }
  return { found: true, order, returnId: context.returnId }
}

/** The chat about an order or a return: the one there is, unchanged, or a new one. */
export function openContextChat(needs: Needs, { order, returnId }: Extract<Found, { found: true }>, now: Date) {
  return open(needs, {
    businessId: order.businessId,
    contextType: returnId === null ? 'order' : 'return',
    contextId: returnId ?? order.orderId,
    orderId: order.orderId,
    returnId,
    campaignId: order.campaignId,
    customerId: order.customerId,
    fake: order.fake,
    now,
  })
}

/** The customer's direct chat with a business. */
export function openDirectChat(needs: Needs, businessId: BusinessId, customerId: CustomerId, now: Date) {
  const nothing = { orderId: null, returnId: null, campaignId: null, fake: false }
  return open(needs, { businessId, contextType: 'direct', contextId: customerId, customerId, ...nothing, now })
}

async function open({ sql, bus }: Needs, chat: NewChat) {
  await noteBusiness(sql, chat.customerId, chat.businessId)
  const opened = await openChat(sql, chat)
  if (opened.isNew) {
    const { businessId, customerId } = chat
    bus.publish({
      about: 'chat',
      businessId: `${businessId}`,
      chatId: `${opened.chatId}`,
      customerId: `${customerId}`,
      messageId: null,
    })
  }
  return opened
}
