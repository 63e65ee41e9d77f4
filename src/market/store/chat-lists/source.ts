import { type BusinessId, chatContextTypes, chatStatuses, chatTypes, inside } from '#contract'
import { constant, type Queries } from '#database'
import type { CustomerId } from '../customers.ts'
import { laneOf } from '../lane.ts'
import type { AdminChatFilter, AdminChatsPage } from './filter.ts'

type Part = ReturnType<typeof always>
const always = (sql: Queries) => sql`true`

/** `newest` are so many chats, newest first, by the index that leaves least to be looked through; `rest` is what each must be looked at for. */
type Source = { newest: (max: number) => Part; rest: Part | undefined; max: number }

/** A name that more customers have is common: it is looked for in the chats. */
const maxNamed = 200
// Of each state so many are read before they can be put in order.
const maxOfState = 500
const longestName = 200

/** The customers whose names begin so, in any case; undefined if they are too many. */
export async function findNamed(sql: Queries, name: string): Promise<CustomerId[] | undefined> {
  const rows = await sql<{ customerId: CustomerId }[]>`
    select u.customer_id as "customerId" from market.customers u
     where lower(u.name) ~>=~ lower(${name}) and lower(u.name) ~<=~ (lower(${name}) || repeat(chr(1114111), ${longestName}))
       and ${isNamed(sql, name)}
     limit ${constant(maxNamed + 1)}`
  return rows.length > maxNamed ? undefined : rows.map(row => row.customerId)
}

const isNamed = (sql: Queries, name: string) => sql`starts_with(lower(u.name), lower(${name}))`

type Wanted = { filter: AdminChatFilter; named: readonly CustomerId[] | undefined }

export function chatSource(
  sql: Queries,
  businessId: BusinessId,
  { filter, named }: Wanted,
  { before, maxLooked }: AdminChatsPage,
): Source {
  const { number, fake, status, finished, type } = filter
  const lane = laneOf(businessId)
  const isBefore = before
    ? sql`and (c.updated_at, c.chat_id) < (${before.updatedAt}::timestamptz, ${before.chatId}::bigint)`
    : sql``
  const newestFirst = (max: number) => sql`order by c.updated_at desc, c.chat_id desc limit ${constant(max)}`
  // Each of some keys has few chats, or an index that has them in order.
  const byKeys = (keys: Part, isOfKey: Part) => (max: number) =>
    sql`
    select c.* from ${keys}, lateral (
      select * from market.chats c where c.lane = ${lane} and c.business_id = ${businessId} ${isBefore} and ${isOfKey} ${newestFirst(max)}) c ${newestFirst(max)}`

  if (number !== undefined) {
    const isNumber = sql`(c.chat_id = ${number} or c.context_type in ('order', 'return') and c.context_id = ${number})`
    return {
      newest: max =>
        sql`select * from market.chats c where c.lane = ${lane} and c.business_id = ${businessId} ${isBefore} and ${isNumber} ${newestFirst(max)}`,
      rest: restOf(sql, filter, ['status', 'finished', 'type', 'fake', 'name']),
      max: maxLooked,
    }
  }
  if (named !== undefined)
    return {
      newest: byKeys(sql`unnest(${[...named]}::bigint[]) k(id)`, sql`c.customer_id = k.id`),
      rest: restOf(sql, filter, ['status', 'finished', 'type', 'fake']),
      max: maxLooked,
    }
  if (fake) {
    // Test orders are few: they are over some day.
    const testOrders = sql`
      (select o.order_id as id from market.orders o
        where o.lane = ${lane} and o.business_id = ${businessId} and o.fake and o.expires_at is not null) k`
    return {
      newest: byKeys(testOrders, sql`c.context_type = 'order' and c.context_id = k.id and c.fake`),
      rest: restOf(sql, filter, ['status', 'finished', 'type', 'name']),
      max: maxLooked,
    }
  }
  // Nearly all are conversations: those are found soonest among all.
  if (status !== undefined || finished !== undefined || type === 'arbitrage')
    return {
      newest: byKeys(
        statesOf(sql, filter),
        sql`c.context_type = k.context_type and c.type = k.type and c.status = k.status`,
      ),
      rest: restOf(sql, filter, ['fake', 'name']),
      max: Math.min(maxLooked, maxOfState),
    }
  return {
    newest: max =>
      sql`select * from market.chats c where c.lane = ${lane} and c.business_id = ${businessId} ${isBefore} ${newestFirst(max)}`,
    rest: restOf(sql, filter, ['type', 'fake', 'name']),
    max: maxLooked,
  }
}

/** An ordered branch of the index of states for each: one over all of them would not be in order. */
function statesOf(sql: Queries, { status, finished, type }: AdminChatFilter): Part {
  const types = type === undefined ? chatTypes.map(inside) : [type]
  const statuses = chatStatuses
    .map(inside)
    .filter(each => status === undefined || each === status)
    .filter(each => finished === undefined || (each === 'finished') === finished)
  return sql`
    (select * from unnest(${chatContextTypes.map(inside)}::text[]) a(context_type), unnest(${types}::text[]) b(type),
                   unnest(${statuses}::text[]) d(status)) k`
}

type Kind = 'status' | 'finished' | 'type' | 'fake' | 'name'

/** Of these parts of a filter, the conditions for a chat c and its customer u; undefined if it has none of them. */
function restOf(sql: Queries, filter: AdminChatFilter, kinds: readonly Kind[]): Part | undefined {
  const { status, finished, type, fake, name } = filter
  const parts: Record<Kind, Part | undefined> = {
    status: status && sql`c.status = ${status}`,
    finished: finished === undefined ? undefined : sql`(c.status = 'finished') = ${finished}`,
    type: type && sql`c.type = ${type}`,
    fake: fake === undefined ? undefined : sql`c.fake = ${fake}`,
    name: name === undefined ? undefined : isNamed(sql, name),
  }
  const [first, ...others] = kinds.map(kind => parts[kind]).filter(part => part !== undefined)
  return first && others.reduce((all, one) => sql`${all} and ${one}`, first)
}
