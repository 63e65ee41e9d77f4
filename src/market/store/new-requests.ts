import type { Queries } from '#database'

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
  /** A text, or the bytes of one. */
  responseBody: string | Buffer | null
  isCut: boolean
  /** What the operation does not know, by its place: `body.limit`. */
  unknownFields: readonly string[] | null
}

/**
 * Two parameters for all of them: the rows as JSON, and their bodies end to end as bytes, because escaping those for JSON
 * costs more than all the rest. What is there already stays as it is.
 */
export async function insertRequests(sql: Queries, requests: readonly NewRequest[]): Promise<void> {
  const { rows, bodies } = layOut(requests)
  await sql`
    insert into market.requests (lane, business_id, at, request_id, key_id, operation, method, path, status, duration_ms,
                                 trace_id, is_cut, request_body, response_body, text_bytes, unknown_fields)
    select market.lane_of(r."businessId"), r."businessId", r.at, r."requestId", r."keyId", r.operation, r.method, r.path,
           r.status, r."durationMs", r."traceId", r."isCut",
           convert_from(substring(b.bytes from r."from" for r.asked), 'UTF8'),
           convert_from(substring(b.bytes from r."from" + coalesce(r.asked, 0) for r.answered), 'UTF8'),
           octet_length(r.path) + coalesce(r.asked, 0) + coalesce(r.answered, 0), r."unknownFields"
      from (select ${bodies}::bytea as bytes) b,
           json_to_recordset(${JSON.stringify(rows)}::json) as r(
             "businessId" bigint, at timestamptz, "requestId" bigint, "keyId" bigint, operation text, method text, path text,
             status smallint, "durationMs" integer, "traceId" uuid, "isCut" boolean, "unknownFields" text[],
             "from" integer, asked integer, answered integer)
    on conflict do nothing`
}

/** Where among the bytes a request's bodies begin, the first byte being 1, and how many each has. */
type BodyRange = { from: number; asked: number | null; answered: number | null }
type LaidOut = Omit<NewRequest, 'requestBody' | 'responseBody'> & BodyRange

function layOut(requests: readonly NewRequest[]): { rows: LaidOut[]; bodies: Buffer } {
  let end = 0
  const bodies = Buffer.allocUnsafe(requests.reduce((sum, request) => sum + mostBytes(request), 0))
  const put = (text: string | Buffer | null) => {
    if (text === null) return null
    const size = typeof text === 'string' ? bodies.write(text, end) : text.copy(bodies, end)
    end += size
    return size
  }
  const rows = requests.map(({ requestBody, responseBody, ...request }) => {
    const from = end + 1
    return { ...request, from, asked: put(requestBody), answered: put(responseBody) }
  })
  return { rows, bodies: bodies.subarray(0, end) }
}

/** A character has three bytes at most. */
function mostBytes({ requestBody, responseBody }: NewRequest): number {
  return 3 * ((requestBody?.length ?? 0) + (responseBody?.length ?? 0))
}
