import type { BusinessId } from '#contract'
import { constant, pageSize, type Queries } from '#database'
import { laneOf } from './lane.ts'

export type RequestRow = {
  at: Date
  requestId: bigint
  keyId: bigint
  integration: string
  operation: string
  method: string
  path: string
  status: number
  durationMs: number
  traceId: string
  requestBody: string | null
  responseBody: string | null
  isCut: boolean
  unknownFields: string[] | null
}

export type RequestPosition = { at: Date; requestId: bigint }

export type RequestFilter = {
  operation?: string | undefined
  statuses?: { from: number; to: number } | undefined
  integration?: string | undefined
  /** A regular expression: what `patternOf` makes of the words that are looked for. */
  textPattern?: string | undefined
}

type Page = { before: RequestPosition | undefined; limit: number; maxRows: number; maxBytes: number }

/** `end` is where the looking ended if it did so before the page was full; there may be more behind it. */
type FoundRequests = { rows: RequestRow[]; end: RequestPosition | undefined }

/**
 * Newest first. What an index has is found however rare it is; for anything else so many rows and so much text are looked
 * through at the most.
 */
export async function listRequests(
  sql: Queries,
  businessId: BusinessId,
  filter: RequestFilter,
  { before, limit, maxRows, maxBytes }: Page,
): Promise<FoundRequests> {
  const size = pageSize(limit)
  const { newest, rest, max } = requestSource(sql, businessId, filter, { before, maxRows })
  const looked = rest
    ? lookThrough(sql, newest(max), rest, filter.textPattern === undefined ? undefined : maxBytes)
    : sql`select w.at, w.request_id, true as is_within, true as is_found from (${newest(size)}) w order by w.at desc, w.request_id desc`
  const rows = await sql<(RequestRow & { endAt: Date | null; endId: bigint | null })[]>`
    with looked as materialized (${looked}),
    found as materialized (
      select l.at, l.request_id from looked l where l.is_found order by l.at desc, l.request_id desc limit ${constant(size)}),
    ends as (
      select l.at, l.request_id from looked l
       where l.is_within and (select count(*) from found) < ${constant(size)}
         and ((select count(*) from looked) = ${constant(max)} or exists (select from looked x where not x.is_within))
       order by l.at, l.request_id limit 1),
    page as (
    select r.at, r.request_id as "requestId", r.key_id as "keyId", k.name as integration, r.operation, r.method, r.path,
           r.status, r.duration_ms as "durationMs", replace(r.trace_id::text, '-', '') as "traceId",
           r.request_body as "requestBody", r.response_body as "responseBody", r.is_cut as "isCut",
           r.unknown_fields as "unknownFields"
      from found f, lateral (
        select * from market.requests r
         where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId} and r.at = f.at and r.request_id = f.request_id
         limit 1) r, lateral (
        select * from market.api_keys k where k.key_id = r.key_id limit 1) k)
    select page.*, e.at as "endAt", e.request_id as "endId"
      from (select) one left join page on true left join ends e on true
     order by page.at desc, page."requestId" desc`
  const { endAt = null, endId = null } = rows[0] ?? {}
  const end = endAt !== null && endId !== null ? { at: endAt, requestId: endId } : undefined
  // Without a page there is one row, with its end alone.
  const found = rows.filter(row => row.requestId !== null).map(({ endAt, endId, ...row }) => row)
  return found.length < limit ? { rows: found, end } : { rows: found.slice(0, limit), end: undefined }
}

/**
 * Each row with whether it was looked at, and is one of those wanted. Who looks for a text reads so many bytes, and one row at
 * least. Their order is said, so that whoever takes a page of them stops there.
 */
function lookThrough(sql: Queries, newest: Part, rest: Part, maxBytes: number | undefined): Part {
  if (maxBytes === undefined)
    return sql`select w.at, w.request_id, true as is_within, ${rest} as is_found from (${newest}) w order by w.at desc, w.request_id desc`
  return sql`
    select w.at, w.request_id, w.is_within, case when w.is_within then ${rest} end as is_found
      from (
        select w.*, sum(w.text_bytes) over newest <= ${maxBytes} or row_number() over newest = 1 as is_within from (${newest}) w
        window newest as (order by w.at desc, w.request_id desc rows unbounded preceding)) w
     order by w.at desc, w.request_id desc`
}

type Part = ReturnType<typeof isAny>
const isAny = (sql: Queries) => sql``

/** `newest` are so many rows w, newest first, by the index that leaves least to be looked through; `rest` is what each must be looked at for. */
type Source = { newest: (max: number) => Part; rest: Part | undefined; max: number }

// Of each status so many rows are read before they can be put in order. Who looks for a text waits for its look at each anyway.
const maxOfStatus = 300

// The index of statuses has only answers from this one on: all others are by far the most.
const firstRefused = 300

function requestSource(
  sql: Queries,
  businessId: BusinessId,
  filter: RequestFilter,
  { before, maxRows }: Pick<Page, 'before' | 'maxRows'>,
): Source {
  const { operation, statuses } = filter
  const lane = laneOf(businessId)
  const place = sql`${before?.at ?? 'infinity'}::timestamptz, ${before?.requestId ?? 0n}::bigint`
  // Bounded instead of equal, in the order of one index and of no other: so no plan walks the whole log for a few rows.
  const inOrder = (columns: Part, wanted: Part, newestFirst: Part) => sql`
    (${columns}) >= (${wanted}) and (${columns}, r.at, r.request_id) < (${wanted}, ${place})
     order by ${newestFirst}, r.at desc, r.request_id desc`
  if (statuses && statuses.from >= firstRefused) {
    const isOne =
      operation === undefined
        ? inOrder(sql`r.status`, sql`x.status::smallint`, sql`r.status desc`)
        : inOrder(
            sql`r.operation, r.status`,
            sql`${operation}::text, x.status::smallint`,
            sql`r.operation desc, r.status desc`,
          )
    const newest = (max: number) => sql`
      select r.* from generate_series(${statuses.from}::integer, ${statuses.to}::integer) x(status), lateral (
        select * from market.requests r
         where r.lane = ${lane} and r.business_id = ${businessId} and r.status >= 300 and ${isOne} limit ${constant(max)}) r
       order by r.at desc, r.request_id desc limit ${constant(max)}`
    const rest = and(sql, unindexed(sql, businessId, filter))
    return { newest, rest, max: filter.textPattern === undefined ? Math.min(maxRows, maxOfStatus) : maxRows }
  }
  const rest = and(sql, [isStatus(sql, filter), ...unindexed(sql, businessId, filter)])
  if (operation !== undefined) {
    const newest = (max: number) => sql`
      select * from market.requests r
       where r.lane = ${lane} and r.business_id = ${businessId} and ${inOrder(sql`r.operation`, sql`${operation}::text`, sql`r.operation desc`)} limit ${constant(max)}`
    return { newest, rest, max: maxRows }
  }
  const newest = (max: number) => sql`
    select * from market.requests r
     where r.lane = ${lane} and r.business_id = ${businessId} and (r.at, r.request_id) < (${place}) order by r.at desc, r.request_id desc limit ${constant(max)}`
  return { newest, rest, max: maxRows }
}

const isStatus = (sql: Queries, { statuses }: RequestFilter) =>
  statuses && sql`w.status between ${statuses.from} and ${statuses.to}`

const unindexed = (sql: Queries, businessId: BusinessId, { integration, textPattern }: RequestFilter) => [
  integration === undefined
    ? undefined
    : sql`w.key_id in (select k.key_id from market.api_keys k where k.business_id = ${businessId} and k.name = ${integration})`,
  textPattern === undefined
    ? undefined
    : sql`(w.path ~ ${textPattern} or w.request_body ~ ${textPattern} or w.response_body ~ ${textPattern})`,
]

function and(sql: Queries, conditions: readonly (Part | undefined)[]): Part | undefined {
  const [first, ...others] = conditions.filter(condition => condition !== undefined)
  return first && others.reduce((all, one) => sql`${all} and ${one}`, first)
}
