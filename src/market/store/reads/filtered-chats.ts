import { type BusinessId, chatContextTypes, chatStatuses, chatTypes, inside } from '#contract'
import { constant, pageSize, type Queries } from '#database'
import type { ChatPosition } from '../chats.ts'
import { laneOf } from '../lane.ts'
import type { ChatsPage } from './chats.ts'

/** Which chats are wanted: fields join by AND, their values by OR. */
export type ChatFilter = {
  contexts?: readonly { type: 'order' | 'return'; id: bigint }[] | undefined
  orderIds?: readonly bigint[] | undefined
  contextTypes?: readonly string[] | undefined
  types?: readonly string[] | undefined
  statuses?: readonly string[] | undefined
}

type Statement = ReturnType<Queries>
type Ask = { businessId: BusinessId; filter: ChatFilter }

export type NewestPage = { before: ChatPosition | undefined; limit: number }

/** A page of the chats that match, newest first, with the snapshot that it was read in. */
export async function listNewestChats(sql: Queries, ask: Ask, { before, limit }: NewestPage): Promise<ChatsPage> {
  if (isOfStates(ask)) {
    const position = sql`${before?.updatedAt ?? null}::timestamptz, ${before?.chatId ?? null}::bigint`
    return readPage(sql, sql`market.read_chats_of_states(${statesAsked(sql, ask)}, ${position}, ${limit}::integer)`)
  }
  const within = before ? sql`and (c.updated_at, c.chat_id) < (${before.updatedAt}, ${before.chatId})` : sql``
  const order = sql`c.updated_at desc, c.chat_id desc`
  const first = sql`order by ${order} limit ${constant(pageSize(limit + 1))}`
  const rows = sql`select c.* from (${candidates(sql, ask, { within, each: first })}) c ${first}`
  return makePage(sql, { rows, order, limit })
}

export type MovedPage = { snapshot: string; since: Date; after: bigint; limit: number }

/**
 * The chats that match and moved after a walk began, by id. `since` only narrows what is looked through; the snapshot decides.
 * Chats are found by id here, which never changes, so the walk over them ends and skips none.
 */
export async function listMovedChats(sql: Queries, ask: Ask, moved: MovedPage): Promise<ChatsPage> {
  const { snapshot, since, after, limit } = moved
  if (isOfStates(ask)) {
    const place = sql`${since}::timestamptz, ${snapshot}::pg_snapshot, ${after}::bigint`
    return readPage(sql, sql`market.read_moved_chats_of_states(${statesAsked(sql, ask)}, ${place}, ${limit}::integer)`)
  }
  // The ids come after the times: in the order of ids all chats of the business would be looked through.
  const rows = sql`
    select c.* from (${candidates(sql, ask, { within: sql`and c.updated_at >= ${since}`, each: sql`offset 0` })}) c
     where c.chat_id > ${after} and not pg_visible_in_snapshot(c.changed_in, ${snapshot}::pg_snapshot)
     order by c.chat_id limit ${constant(pageSize(limit + 1))}`
  return makePage(sql, { rows, order: sql`c.chat_id`, limit })
}

/** Whether chats are found by their states: no context is named. */
const isOfStates = ({ filter: { contexts, orderIds, contextTypes, types, statuses } }: Ask) =>
  !(contexts || orderIds) && Boolean(contextTypes || types || statuses)

async function readPage(sql: Queries, from: Statement): Promise<ChatsPage> {
  const [read] = await sql<[ChatsPage]>`
    select chats, count, first_at as "firstAt", last_at as "lastAt", last_id as "lastId", has_more as "hasMore", snapshot from ${from}`
  return read
}

/** The business, and every state that is wanted. */
function statesAsked(sql: Queries, { businessId, filter }: Ask): Statement {
  const states = statesOf(filter)
  const column = (name: keyof State) => states.map(state => state[name])
  return sql`${laneOf(businessId)}::smallint, ${businessId}::bigint,
    ${column('contextType')}::text[], ${column('type')}::text[], ${column('status')}::text[]`
}

/** `within`: what chats must be besides; `each`: which of those that one look brings are taken. */
type Looks = { within: Statement; each: Statement }

/** Where matching chats are looked for: by their contexts if those are named, else among all of the business. */
function candidates(sql: Queries, { businessId, filter }: Ask, { within, each }: Looks): Statement {
  const lane = laneOf(businessId)
  if (filter.contexts || filter.orderIds) {
    return sql`
      select c.* from (${contextsOf(sql, businessId, filter)}) k(type, id)
       cross join lateral (select c.* from market.chats c
                            where c.lane = ${lane} and c.business_id = ${businessId} and c.context_type = k.type and c.context_id = k.id ${within} offset 0) c
       where ${matches(sql, filter)}`
  }
  return sql`select c.* from market.chats c where c.lane = ${lane} and c.business_id = ${businessId} ${within} ${each}`
}

/** The contexts that are named, each once; those of orders are the orders and their returns. */
function contextsOf(sql: Queries, businessId: BusinessId, { contexts, orderIds = [] }: ChatFilter): Statement {
  if (contexts) {
    const ids = contexts.map(context => context.id)
    return sql`select * from unnest(${contexts.map(context => context.type)}::text[], ${ids}::bigint[])`
  }
  return sql`
    select 'order', id from unnest(${[...orderIds]}::bigint[]) as o(id)
    union all
    select 'return', r.return_id from market.returns r
     where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId} and r.order_id = any(${[...orderIds]}::bigint[])`
}

function matches(sql: Queries, { contexts, orderIds, contextTypes, types, statuses }: ChatFilter): Statement {
  return sql`true
    ${contexts && orderIds ? sql`and c.order_id = any(${[...orderIds]}::bigint[])` : sql``}
    ${contextTypes ? sql`and c.context_type = any(${[...contextTypes]}::text[])` : sql``}
    ${types ? sql`and c.type = any(${[...types]}::text[])` : sql``}
    ${statuses ? sql`and c.status = any(${[...statuses]}::text[])` : sql``}`
}

type State = { contextType: string; type: string; status: string }

/** Every state that matches. */
function statesOf({ contextTypes, types, statuses }: ChatFilter): State[] {
  const all = {
    contextTypes: chatContextTypes.map(inside),
    types: chatTypes.map(inside),
    statuses: chatStatuses.map(inside),
  }
  return (contextTypes ?? all.contextTypes).flatMap(contextType =>
    (types ?? all.types).flatMap(type => (statuses ?? all.statuses).map(status => ({ contextType, type, status }))),
  )
}

type Rows = { rows: Statement; order: Statement; limit: number }

/** Up to `limit` of rows of market.chats as a page, and whether there are more. */
async function makePage(sql: Queries, { rows, order, limit }: Rows): Promise<ChatsPage> {
  const [read] = await sql<[ChatsPage]>`
    select coalesce(string_agg(c.json, ',') filter (where c.place <= ${limit}), '') as chats,
           (count(*) filter (where c.place <= ${limit}))::integer as count,
           max(c.updated_at) filter (where c.place = 1) as "firstAt",
           max(c.updated_at) filter (where c.place = ${limit}) as "lastAt",
           max(c.chat_id) filter (where c.place = ${limit}) as "lastId",
           coalesce(bool_or(c.place > ${limit}), false) as "hasMore",
           pg_current_snapshot()::text as snapshot
      from (select c.chat_id, c.updated_at, market.chat_json(c, u) as json, row_number() over (order by ${order}) as place
              from (${rows}) c join (select * from market.customers) u on u.customer_id = c.customer_id) c`
  return read
}
