import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import { laneOf } from './lane.ts'

/** A request as it is written, ready for JSON: ids in decimal, the moment in ISO 8601. */
export type NewRequest = {
  businessId: string
  at: string
  requestId: number
  keyId: string
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

/**
 * Two parameters for all of them: the rows as JSON, and their bodies end to end as bytes, because escaping those for JSON
 * costs more than all the rest. What is there already stays as it is.
 */
export async function insertRequests(sql: Queries, requests: readonly NewRequest[]): Promise<void> {
  const { rows, bodies } = layOut(requests)
  await sql`
    insert into market.requests (lane, business_id, at, request_id, key_id, operation, method, path, status, duration_ms,
                                 trace_id, is_cut, request_body, response_body, text_bytes)
    select market.lane_of(r."businessId"), r."businessId", r.at, r."requestId", r."keyId", r.operation, r.method, r.path,
           r.status, r."durationMs", r."traceId", r."isCut",
           convert_from(substring(b.bytes from r."from" for r.asked), 'UTF8'),
           convert_from(substring(b.bytes from r."from" + coalesce(r.asked, 0) for r.answered), 'UTF8'),
           octet_length(r.path) + coalesce(r.asked, 0) + coalesce(r.answered, 0)
      from (select ${bodies}::bytea as bytes) b,
           json_to_recordset(${JSON.stringify(rows)}::json) as r(
             "businessId" bigint, at timestamptz, "requestId" bigint, "keyId" bigint, operation text, method text, path text,
             status smallint, "durationMs" integer, "traceId" uuid, "isCut" boolean,
             "from" integer, asked integer, answered integer)
    on conflict do nothing`
}

/** Where among the bytes a request's bodies begin, the first byte being 1, and how many each has. */
type Place = { from: number; asked: number | null; answered: number | null }
type LaidOut = Omit<NewRequest, 'requestBody' | 'responseBody'> & Place

function layOut(requests: readonly NewRequest[]): { rows: LaidOut[]; bodies: Buffer } {
  let end = 1
  const texts: string[] = []
  const put = (text: string | null) => {
    if (text === null) return null
    texts.push(text)
    const size = Buffer.byteLength(text)
    end += size
    return size
  }
  const rows = requests.map(({ requestBody, responseBody, ...request }) => {
    const from = end
    return { ...request, from, asked: put(requestBody), answered: put(responseBody) }
  })
  return { rows, bodies: Buffer.from(texts.join('')) }
}

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

export type RequestPlace = { at: Date; requestId: bigint }

export type RequestFilter = {
  operation?: string | undefined
  statuses?: { from: number; to: number } | undefined
  integration?: string | undefined
  /** A regular expression: what `patternOf` makes of the words that are looked for. */
  textPattern?: string | undefined
}

type Look = { before: RequestPlace | undefined; rowsMost: number; bytesMost: number }
export type LookEnd = RequestPlace & { hasOlder: boolean }

const older = (sql: Queries, before: RequestPlace | undefined) =>
  before ? sql`and (r.at, r.request_id) < (${before.at}::timestamptz, ${before.requestId}::bigint)` : sql``

/** How far back a search gets that reads so many rows and so much text at the most; undefined if nothing is older. */
export async function findLookEnd(
  sql: Queries,
  businessId: BusinessId,
  { before, rowsMost, bytesMost }: Look,
): Promise<LookEnd | undefined> {
  const [row] = await sql<LookEnd[]>`
    select at, request_id as "requestId",
           exists (select from market.requests r
                    where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId}
                      and (r.at, r.request_id) < (l.at, l.request_id)) as "hasOlder"
      from (select at, request_id, row_number() over newest as looked, sum(text_bytes) over newest as bytes
              from (select r.at, r.request_id, r.text_bytes from market.requests r
                     where r.lane = ${laneOf(businessId)} and r.business_id = ${businessId} ${older(sql, before)}
                     order by r.at desc, r.request_id desc limit ${rowsMost}) r
            window newest as (order by at desc, request_id desc rows unbounded preceding)) l
     where looked = 1 or bytes <= ${bytesMost}
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

type Page = { before: RequestPlace | undefined; downTo: RequestPlace | undefined; limit: number }

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

const prunedAtOnce = 2_000

/** Removes what is older, a chunk a statement. Returns how many. */
export async function pruneRequests(sql: Queries, before: Date): Promise<number> {
  const businesses = await sql<{ businessId: BusinessId }[]>`
    select b.business_id as "businessId" from market.businesses b
     where exists (select from market.requests r
                    where r.lane = market.lane_of(b.business_id) and r.business_id = b.business_id and r.at < ${before})`
  let pruned = 0
  for (const { businessId } of businesses) {
    let count = prunedAtOnce
    while (count === prunedAtOnce) {
      count = await pruneChunk(sql, businessId, before)
      pruned += count
    }
  }
  return pruned
}

/** Up to the first that is not of the chunk: both statements walk the key from its oldest end. */
async function pruneChunk(sql: Queries, businessId: BusinessId, before: Date): Promise<number> {
  const [next] = await sql<RequestPlace[]>`
    select at, request_id as "requestId" from market.requests
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and at < ${before}
     order by at, request_id offset ${prunedAtOnce} limit 1`
  const { count } = await sql`
    delete from market.requests
     where lane = ${laneOf(businessId)} and business_id = ${businessId} and at < ${before}
       ${next ? sql`and (at, request_id) < (${next.at}::timestamptz, ${next.requestId}::bigint)` : sql``}`
  return count
}
