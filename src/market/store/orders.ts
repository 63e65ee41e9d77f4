import type { BusinessId, CampaignId, OrderDeliveryType, OrderId, OrderPaymentType, ReturnId } from '#contract'
import { constant, pageSize, type Queries } from '#database'
import type { CustomerId } from './customers.ts'
import { laneOf, lanes } from './lane.ts'

/** `price` is of one piece. */
type OrderItem = { offerId: string; name: string; count: number; price?: number }

/** How an order comes to the customer, as far as it was told. Days are days in Moscow: 2026-03-01. */
type DeliveryFacts = {
  type?: OrderDeliveryType
  serviceName?: string
  shipmentDate?: string
  fromDate?: string
  toDate?: string
  trackCode?: string
}

/** What the order system has told of an order, in its words, besides status and items. */
type OrderFacts = {
  substatus?: string
  currency?: string
  paymentType?: OrderPaymentType
  paymentMethod?: string
  notes?: string
  delivery?: DeliveryFacts
}

export type OrderRow = {
  orderId: OrderId
  businessId: BusinessId
  campaignId: CampaignId
  customerId: CustomerId
  status: string
  items: OrderItem[]
  facts: OrderFacts
  fake: boolean
  createdAt: Date
  updatedAt: Date
  expiresAt: Date | null
}

/** An order as it is put. */
export type PutOrder = Omit<OrderRow, 'facts' | 'updatedAt'> & { facts?: OrderFacts }

export type ReturnRow = { returnId: ReturnId; orderId: OrderId }

/** An order's columns as an OrderRow has them, of market.orders o. */
export const orderColumns = (sql: Queries) => sql`
  o.order_id as "orderId", o.business_id as "businessId", o.campaign_id as "campaignId", o.customer_id as "customerId", o.status,
  o.items, coalesce(o.facts, '{}') as facts, o.fake, o.created_at as "createdAt",
  coalesce(o.updated_at, o.created_at) as "updatedAt", o.expires_at as "expiresAt"`

export async function findOrder(sql: Queries, businessId: BusinessId, orderId: OrderId): Promise<OrderRow | undefined> {
  const [row] = await sql<OrderRow[]>`
    select ${orderColumns(sql)} from market.orders o
     where o.lane = ${laneOf(businessId)} and o.business_id = ${businessId} and o.order_id = ${orderId}`
  return row
}

export async function findReturn(
  sql: Queries,
  businessId: BusinessId,
  returnId: ReturnId,
): Promise<ReturnRow | undefined> {
  const [row] = await sql<ReturnRow[]>`
    select return_id as "returnId", order_id as "orderId"
      from market.returns where lane = ${laneOf(businessId)} and business_id = ${businessId} and return_id = ${returnId}`
  return row
}

export type ListedOrder = OrderRow & { customerPublicId: string; customerName: string }
type OrderPosition = { createdAt: Date; orderId: OrderId }
export type OrdersPage = { before: OrderPosition | undefined; limit: number }

/** Newest first, `limit` or a few more. Test orders are those that are over some day, and few. */
export function listOrders(
  sql: Queries,
  businessId: BusinessId,
  fake: boolean | undefined,
  { before, limit }: OrdersPage,
): Promise<ListedOrder[]> {
  return sql<ListedOrder[]>`
    select ${orderColumns(sql)}, u.public_id as "customerPublicId", u.name as "customerName"
      from market.orders o join market.customers u using (customer_id)
     where o.lane = ${laneOf(businessId)} and o.business_id = ${businessId}
       ${fake === undefined ? sql`` : fake ? sql`and o.fake and o.expires_at is not null` : sql`and not o.fake`}
       ${before ? sql`and (o.created_at, o.order_id) < (${before.createdAt}, ${before.orderId})` : sql``}
     order by o.created_at desc, o.order_id desc
     limit ${constant(pageSize(limit))}`
}

/**
 * Writes the order as the marketplace's order system has it now. One that stands keeps the moment it was made at, and was updated at
 * the other's moment if anything changed. False if it is of another campaign or customer.
 */
export async function saveOrder(sql: Queries, order: PutOrder): Promise<boolean> {
  const { businessId, orderId, campaignId, customerId, status, items, facts = {}, fake, createdAt, expiresAt } = order
  const { count } = await sql`
    insert into market.orders (lane, business_id, order_id, campaign_id, customer_id, status, items, facts, fake, created_at, updated_at, expires_at)
    values (${laneOf(businessId)}, ${businessId}, ${orderId}, ${campaignId}, ${customerId}, ${status}, ${JSON.stringify(items)}, ${JSON.stringify(facts)}, ${fake}, ${createdAt}, ${createdAt}, ${expiresAt})
    on conflict (lane, business_id, order_id) do update
       set status = excluded.status, items = excluded.items, facts = excluded.facts,
           updated_at = case when (orders.status, orders.items, coalesce(orders.facts, '{}')) = (excluded.status, excluded.items, excluded.facts)
                             then orders.updated_at else excluded.updated_at end
     where orders.campaign_id = excluded.campaign_id and orders.customer_id = excluded.customer_id and orders.fake = excluded.fake`
  return count > 0
}

/** False if the return stands and is of another order. */
export async function saveReturn(
  sql: Queries,
  businessId: BusinessId,
  { returnId, orderId }: ReturnRow,
  now: Date,
): Promise<boolean> {
  const { count } = await sql`
    insert into market.returns (lane, business_id, return_id, order_id, created_at)
    values (${laneOf(businessId)}, ${businessId}, ${returnId}, ${orderId}, ${now})
    on conflict (lane, business_id, return_id) do update set order_id = excluded.order_id
      where returns.order_id = excluded.order_id`
  return count > 0
}

/** A number for a test order that no order of the business has. */
export async function takeTestOrderId(sql: Queries, businessId: BusinessId): Promise<OrderId> {
  const [row] = await sql<[{ orderId: OrderId }]>`
    select nextval('market.ids') as "orderId"`
  return (await findOrder(sql, businessId, row.orderId)) ? takeTestOrderId(sql, businessId) : row.orderId
}

/** Removes the test orders that are over, of every business that has some, with their chats. Returns how many. */
export async function expireTestOrders(sql: Queries, now: Date): Promise<number> {
  const businesses = await sql<{ businessId: bigint }[]>`
    select distinct business_id as "businessId" from market.orders where lane = any(${[...lanes]}::smallint[]) and expires_at <= ${now}`
  let expired = 0
  for (const { businessId } of businesses) expired += await expireOfBusiness(sql, businessId, now)
  return expired
}

/** Removes a test order with its chat before its time. False if the business has no such test order. */
export async function removeTestOrder(
  sql: Queries,
  { businessId, orderId }: Pick<OrderRow, 'businessId' | 'orderId'>,
  now: Date,
): Promise<boolean> {
  // Whoever is cut short here leaves an order that is over, which the upkeep removes.
  const { count } = await sql`
    update market.orders set expires_at = least(expires_at, ${now}::timestamptz)
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and order_id = ${orderId} and fake`
  if (count === 0) return false
  await expireOfBusiness(sql, businessId, now)
  return true
}

async function expireOfBusiness(sql: Queries, businessId: bigint, now: Date): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select * from market.expire_test_orders(${laneOf(businessId)}::smallint, ${businessId}::bigint, ${now}::timestamptz) as count`
  return row?.count ?? 0
}
