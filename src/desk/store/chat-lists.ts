import type { ChatContextType } from '#contract'
import type { Queries } from '#database'
import { type ChatRowData, chatRow, type ViewName } from './chat-rows.ts'

/** `all` is no filter. */
export type AnyView = ViewName | 'all'
export type ChatFilters = {
  cabinetId?: bigint | undefined
  campaignId?: bigint | undefined
  contextType?: ChatContextType | undefined
}
/** Where a page begins: after this row. */
export type Place = { key: string; cabinetId: bigint; chatId: bigint }
export type Sort = 'waiting' | 'newest' | 'oldest'

/** The one condition of lists and counts; `c` is desk.chats. */
function inFilters(sql: Queries, { cabinetId, campaignId, contextType }: ChatFilters) {
  return sql`true
    ${cabinetId === undefined ? sql`` : sql`and c.cabinet_id = ${cabinetId}`}
    ${campaignId === undefined ? sql`` : sql`and c.campaign_id = ${campaignId}`}
    ${contextType === undefined ? sql`` : sql`and c.context_type = ${contextType}`}`
}

const inView = (sql: Queries, view: AnyView) => (view === 'all' ? sql`` : sql`and c.view = ${view}`)

export async function countViews(sql: Queries, filters: ChatFilters): Promise<Record<AnyView, number>> {
  const rows = await sql<{ view: ViewName; count: number }[]>`
    select c.view, count(*)::integer as count from desk.chats c where ${inFilters(sql, filters)} group by c.view`
  const counts = { waiting: 0, disputes: 0, buyer: 0, finished: 0, all: 0 }
  for (const { view, count } of rows) {
    counts[view] = count
    counts.all += count
  }
  return counts
}

type ListOptions = {
  accountId: string
  view: AnyView
  filters: ChatFilters
  sort: Sort
  after?: Place | undefined
  limit: number
}

/** A page of a view: those that wait longest first, the newest first, or the oldest. */
export async function listChatRows(sql: Queries, options: ListOptions): Promise<ChatRowData[]> {
  const { accountId, view, filters, sort, after, limit } = options
  const walk = { where: sql`${inView(sql, view)}`, filters, sort, after, limit }
  return sql<ChatRowData[]>`
    select ${chatRow(sql, accountId)} from (${firstOf(sql, walk)}) n
      join desk.chats c on c.cabinet_id = n.cabinet_id and c.chat_id = n.chat_id
     order by ${order(sql, sort)}`
}

type Walk = Pick<ListOptions, 'filters' | 'sort' | 'after' | 'limit'> & { where: ReturnType<typeof inView> }

/** The first chats of each cabinet, by an index that begins with it, and of these the first. */
function firstOf(sql: Queries, { where, filters, sort, after, limit }: Walk) {
  const { cabinetId } = filters
  const [key, way] = [keyOf(sql, sort), sort === 'newest' ? sql`desc` : sql``]
  return sql`
    select f.cabinet_id, f.chat_id from desk.cabinets k cross join lateral (
      select c.cabinet_id, c.chat_id, ${key} as key from desk.chats c
       where c.cabinet_id = k.cabinet_id and ${inFilters(sql, { ...filters, cabinetId: undefined })} ${where}
         ${after === undefined ? sql`` : beyond(sql, sort, after)}
       order by ${key} ${way}, c.chat_id ${way} limit ${limit}) f
     where ${cabinetId === undefined ? sql`true` : sql`k.cabinet_id = ${cabinetId}`}
     order by f.key ${way}, f.cabinet_id ${way}, f.chat_id ${way} limit ${limit}`
}

const keyOf = (sql: Queries, sort: Sort) => (sort === 'waiting' ? longestKey(sql) : newestKey(sql))
const longestKey = (sql: Queries) => sql`coalesce(c.waiting_since, c.updated_at)`
const newestKey = (sql: Queries) => sql`coalesce(c.last_at, c.updated_at)`

/** The first condition is for the index, the second for what has the same time. */
function beyond(sql: Queries, sort: Sort, { key, cabinetId, chatId }: Place) {
  const place = sql`(${key}::timestamptz, ${cabinetId}::bigint, ${chatId}::bigint)`
  const keyOfRow = keyOf(sql, sort)
  return sort === 'newest'
    ? sql`and ${keyOfRow} <= ${key}::timestamptz and (${keyOfRow}, c.cabinet_id, c.chat_id) < ${place}`
    : sql`and ${keyOfRow} >= ${key}::timestamptz and (${keyOfRow}, c.cabinet_id, c.chat_id) > ${place}`
}

function order(sql: Queries, sort: Sort) {
  const way = sort === 'newest' ? sql`desc` : sql``
  return sql`${keyOf(sql, sort)} ${way}, c.cabinet_id ${way}, c.chat_id ${way}`
}

type OfChat = Pick<Place, 'cabinetId' | 'chatId'>
type NextOptions = { accountId: string; filters: ChatFilters; after?: OfChat | undefined }

/**
 * Of the chats that wait and have no answer under way, the next after a given one, else the longest; never the given one.
 * Undefined if there is none.
 */
export async function findNextWaiting(sql: Queries, options: NextOptions): Promise<ChatRowData | undefined> {
  const given = options.after && (await findPlace(sql, options.after))
  return (given && (await findWaiting(sql, options, given))) ?? findWaiting(sql, options, undefined)
}

async function findPlace(sql: Queries, { cabinetId, chatId }: OfChat): Promise<Place | undefined> {
  const [place] = await sql<Place[]>`
    select ${longestKey(sql)}::text as key, c.cabinet_id as "cabinetId", c.chat_id as "chatId" from desk.chats c
     where c.cabinet_id = ${cabinetId} and c.chat_id = ${chatId}`
  return place
}

async function findWaiting(sql: Queries, { accountId, filters, after }: NextOptions, beyond: Place | undefined) {
  const isGiven = after
    ? sql`and (c.cabinet_id, c.chat_id) <> (${after.cabinetId}::bigint, ${after.chatId}::bigint)`
    : sql``
  const where = sql`and c.view = 'waiting' ${isGiven}
    and not exists (select from desk.answers a where a.cabinet_id = c.cabinet_id and a.chat_id = c.chat_id
      and a.state in ('waiting', 'sending', 'sent'))`
  const [row] = await sql<ChatRowData[]>`
    select ${chatRow(sql, accountId)} from (${firstOf(sql, { where, filters, sort: 'waiting', after: beyond, limit: 1 })}) n
      join desk.chats c on c.cabinet_id = n.cabinet_id and c.chat_id = n.chat_id`
  return row
}
