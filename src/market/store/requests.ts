import type { BusinessId } from '#contract'
import type { Queries } from '#database'
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
}

export type RequestPosition = { at: Date; requestId: bigint }

export type RequestFilter = {
  operation?: string | undefined
  statuses?: { from: number; to: number } | undefined
  integration?: string | undefined
  /** A regular expression: what `patternOf` makes of the words that are looked for. */
  textPattern?: string | undefined
}

type Look = { before: RequestPosition | undefined; maxRows: number; maxBytes: number }
export type LookEnd = RequestPosition & { hasOlder: boolean }

const older = (sql: Queries, before: RequestPosition | undefined) =>
  before ? sql`and (r.at, r.request_id) < (${before.at}::timestamptz, ${before.requestId}::bigint)` : sql``

/** How far back a search gets that reads so many rows and so much text at the most; undefined if nothing is older. */
export async function findLookEnd(
  sql: Queries,
  businessId: BusinessId,
  { before, maxRows, maxBytes }: Look,
): Promise<LookEnd | undefined> {
  const [row] = await sql<LookEnd[]>`
    select at, request_id as "requestId",
           exists (select from market.requests r
                    where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId}
                      and (r.at, r.request_id) < (l.at, l.request_id)) as "hasOlder"
      from (select at, request_id, row_number() over newest as looked, sum(text_bytes) over newest as bytes
              from (select r.at, r.request_id, r.text_bytes from market.requests r
                     where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId} ${older(sql, before)}
                     order by r.at desc, r.request_id desc limit ${maxRows}) r
            window newest as (order by at desc, request_id desc rows unbounded preceding)) l
     where looked = 1 or bytes <= ${maxBytes}
     order by looked desc limit 1`
  return row
}

function matches(sql: Queries, { operation, statuses, integration, textPattern }: RequestFilter) {
  return sql`
    ${operation === undefined ? sql`` : sql`and r.operation = ${operation}`}
    ${statuses ? sql`and r.status between ${statuses.from} and ${statuses.to}` : sql``}
    ${integration === undefined ? sql`` : sql`and k.name = ${integration}`}
    ${textPattern === undefined ? sql`` : sql`and (r.path ~ ${textPattern} or r.request_body ~ ${textPattern} or r.response_body ~ ${textPattern})`}`
}

type Page = { before: RequestPosition | undefined; downTo: RequestPosition | undefined; limit: number }

/** Newest first, no older than `downTo`. */
export function listRequests(
  sql: Queries,
  businessId: BusinessId,
  filter: RequestFilter,
  { before, downTo, limit }: Page,
): Promise<RequestRow[]> {
  return sql<RequestRow[]>`
    select r.at, r.request_id as "requestId", r.key_id as "keyId", k.name as integration, r.operation, r.method, r.path,
           r.status, r.duration_ms as "durationMs", replace(r.trace_id::text, '-', '') as "traceId",
           r.request_body as "requestBody", r.response_body as "responseBody", r.is_cut as "isCut"
      from market.requests r join market.api_keys k using (key_id)
     where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId} ${older(sql, before)}
       ${downTo ? sql`and (r.at, r.request_id) >= (${downTo.at}::timestamptz, ${downTo.requestId}::bigint)` : sql``}
       ${matches(sql, filter)}
     order by r.at desc, r.request_id desc limit ${limit}`
}
