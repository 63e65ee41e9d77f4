import type { BusinessId, OrderId } from '#contract'
import type { Queries } from '#database'
import type { CustomerId } from './customers.ts'
import { laneOf } from './lane.ts'
import { type OrderRow, orderColumns } from './orders.ts'

export type ListedOrder = OrderRow & { customerPublicId: string }
type OrderPlace = { createdAt: Date; orderId: OrderId }
export type OrdersPage = { before: OrderPlace | undefined; limit: number }

/** Newest first. Test orders are those that are over some day, and few. */
export function listOrders(
  sql: Queries,
  businessId: BusinessId,
  fake: boolean | undefined,
  { before, limit }: OrdersPage,
): Promise<ListedOrder[]> {
  return sql<ListedOrder[]>`
    select ${orderColumns(sql)}, u.public_id as "customerPublicId"
      from market.orders o join market.customers u using (customer_id)
     where o.lane = ${laneOf(businessId)} and o.business_id = ${businessId}
       ${fake === undefined ? sql`` : fake ? sql`and o.fake and o.expires_at is not null` : sql`and not o.fake`}
       ${before ? sql`and (o.created_at, o.order_id) < (${before.createdAt}, ${before.orderId})` : sql``}
     order by o.created_at desc, o.order_id desc
     limit ${limit}`
}

export type CustomerWithChats = { customerId: CustomerId; publicId: string; name: string; chats: number }
type CustomersPage = { before: bigint; limit: number }

const chatsCountedMost = 1000

/** The customers who have chats with the business, the latest first. Each step of the recursion is one look into the index. */
export function listCustomersWithChats(
  sql: Queries,
  businessId: BusinessId,
  { before, limit }: CustomersPage,
): Promise<CustomerWithChats[]> {
  const next = (below: unknown) => sql`
    (select c.customer_id from market.chats c
      where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.customer_id < ${below}
      order by c.customer_id desc limit 1)`
  return sql<CustomerWithChats[]>`
    with recursive known(id) as (
      select ${next(before)} as id
      union all
      select ${next(sql`known.id`)} from known where known.id is not null
    ), page as (select id from known limit ${limit})
    select u.customer_id as "customerId", u.public_id as "publicId", u.name,
           (select count(*)::integer from (
              select from market.chats c
               where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.customer_id = u.customer_id
               limit ${chatsCountedMost}) counted) as chats
      from page join market.customers u on u.customer_id = page.id
     order by u.customer_id desc`
}
