import type { Queries } from '#database'
import { type Hold, isHeld } from './leases.ts'

/** What is kept of an order, as JSON. Prices are of all pieces of an item. */
export type OrderFields = {
  status: string
  substatus: string
  createdAt: string
  updatedAt?: string
  items: { offerId: string; name: string; count: number; price?: number }[]
  total?: number
  currency?: string
}

/** `fields`: null if the market has no such order, or would not say. */
export type OrderRow = { orderId: bigint; fields: OrderFields | null; missingScope: string | null; readAt: Date }

export async function findOrder(sql: Queries, cabinetId: bigint, orderId: bigint): Promise<OrderRow | undefined> {
  const [order] = await sql<OrderRow[]>`
    select order_id as "orderId", fields, missing_scope as "missingScope", read_at as "readAt" from desk.orders
     where cabinet_id = ${cabinetId} and order_id = ${orderId}`
  return order
}

/** Orders of chats that were never read, the newest chats' first. */
export async function listUnreadOrders(sql: Queries, cabinetId: bigint, limit: number): Promise<bigint[]> {
  const rows = await sql<{ orderId: bigint }[]>`
    select c.order_id as "orderId" from desk.chats c
     where c.cabinet_id = ${cabinetId} and c.order_id is not null and not exists (
       select from desk.orders o where o.cabinet_id = c.cabinet_id and o.order_id = c.order_id)
     group by c.order_id order by max(c.updated_at) desc limit ${limit}`
  return rows.map(({ orderId }) => orderId)
}

type Read = { orderId: bigint; fields: OrderFields | null }

export async function putOrders(
  sql: Queries,
  hold: Hold,
  { orders, missingScope, now }: { orders: readonly Read[]; missingScope: string | null; now: Date },
): Promise<void> {
  const fields = orders.map(order => order.fields && JSON.stringify(order.fields))
  await sql`
    insert into desk.orders (cabinet_id, order_id, fields, missing_scope, read_at)
    select ${hold.cabinetId}, u.order_id, u.fields::jsonb, ${missingScope}, ${now}
      from unnest(${orders.map(({ orderId }) => orderId)}::bigint[], ${fields}::text[]) as u(order_id, fields)
     where ${isHeld(sql, hold)}
    on conflict (cabinet_id, order_id) do update
      set fields = excluded.fields, missing_scope = excluded.missing_scope, read_at = excluded.read_at`
}

export async function listChatsOfOrders(
  sql: Queries,
  cabinetId: bigint,
  orderIds: readonly bigint[],
): Promise<bigint[]> {
  const rows = await sql<{ chatId: bigint }[]>`
    select chat_id as "chatId" from desk.chats where cabinet_id = ${cabinetId} and order_id = any(${[...orderIds]}::bigint[])`
  return rows.map(({ chatId }) => chatId)
}
