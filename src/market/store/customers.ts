import type { BusinessId, Id } from '#contract'
import type { Queries, Sql } from '#database'

export type CustomerId = Id<'customer'>
export type CustomerRow = { customerId: CustomerId; publicId: string; name: string }

export async function findCustomer(sql: Queries, publicId: string): Promise<CustomerRow | undefined> {
  const [row] = await sql<CustomerRow[]>`
    select customer_id as "customerId", public_id as "publicId", name from market.customers where public_id = ${publicId}`
  return row
}

/** Customers are never removed: one that something refers to is there. */
export async function requireCustomerById(sql: Queries, customerId: CustomerId): Promise<CustomerRow> {
  const [row] = await sql<CustomerRow[]>`
    select customer_id as "customerId", public_id as "publicId", name from market.customers where customer_id = ${customerId}`
  if (!row) throw new Error(`customer ${customerId} is referred to and not there`)
  return row
}

export async function saveCustomer(sql: Queries, publicId: string, name: string, now: Date): Promise<CustomerRow> {
  const [row] = await sql<[CustomerRow]>`
    insert into market.customers (customer_id, public_id, name, created_at)
    values (nextval('market.directory_numbers'), ${publicId}, ${name}, ${now})
    on conflict (public_id) do update set name = excluded.name
    returning customer_id as "customerId", public_id as "publicId", name`
  return row
}

/** The businesses the customer is subscribed to; those that do not exist are left out. */
export async function replaceSubscriptions(
  sql: Sql,
  customerId: CustomerId,
  businessIds: readonly bigint[],
): Promise<void> {
  await sql.begin(async transaction => {
    // The lock between racing callers: the later one replaces what the earlier one wrote.
    await transaction`select from market.customers where customer_id = ${customerId} for update`
    await transaction`delete from market.customer_subscriptions where customer_id = ${customerId}`
    await transaction`
      insert into market.customer_subscriptions
      select ${customerId}::bigint, business_id from market.businesses where business_id = any(${businessIds}::bigint[])`
  })
}

/** Subscribes these customers to a business, beside what they are subscribed to. */
export async function subscribeCustomers(
  sql: Queries,
  businessId: BusinessId,
  customerIds: readonly CustomerId[],
): Promise<void> {
  if (customerIds.length === 0) return
  await sql`
    insert into market.customer_subscriptions
    select customer_id, ${businessId}::bigint from unnest(${[...customerIds]}::bigint[]) as u(customer_id)
    on conflict do nothing`
}

export async function listSubscriptions(sql: Queries, customerId: CustomerId): Promise<BusinessId[]> {
  const rows = await sql<{ businessId: BusinessId }[]>`
    select business_id as "businessId" from market.customer_subscriptions where customer_id = ${customerId} order by 1`
  return rows.map(row => row.businessId)
}

export async function isSubscribed(sql: Queries, customerId: CustomerId, businessId: BusinessId): Promise<boolean> {
  const rows = await sql`
    select from market.customer_subscriptions where customer_id = ${customerId} and business_id = ${businessId}`
  return rows.length > 0
}

/** Remembers where to look for the customer's chats. Written before a chat is: an entry without chats does no harm. */
export async function noteBusiness(sql: Queries, customerId: CustomerId, businessId: BusinessId): Promise<void> {
  await sql`
    insert into market.customer_businesses values (${customerId}, ${businessId}) on conflict do nothing`
}

export async function listBusinessesOf(sql: Queries, customerId: CustomerId): Promise<BusinessId[]> {
  const rows = await sql<{ businessId: BusinessId }[]>`
    select business_id as "businessId" from market.customer_businesses where customer_id = ${customerId} order by 1`
  return rows.map(row => row.businessId)
}
