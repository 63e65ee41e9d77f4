import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import {
  findLookEnd,
  listRequests,
  type RequestFilter,
  type RequestPosition,
  type RequestRow,
} from '../store/requests.ts'
import { patternOf } from './search-pattern.ts'

const maxRows = 20_000
// PostgreSQL looks through some 200 MB of text a second.
const maxTextBytes = 64 * 1024 * 1024

export type Search = Omit<RequestFilter, 'textPattern'> & {
  text?: string | undefined
  before: RequestPosition | undefined
  limit: number
}

/** `next` is where the following page begins, if there may be more. */
export type Found = { found: RequestRow[]; next: RequestPosition | undefined }

/** A page of the log. With a filter, a page ends after so many rows or bytes, whatever it has found. */
export async function searchRequests(
  sql: Queries,
  businessId: BusinessId,
  { text, before, limit, ...filter }: Search,
): Promise<Found> {
  const textPattern = text === undefined ? undefined : patternOf(text)
  const isFiltered = [text, filter.operation, filter.statuses, filter.integration].some(wanted => wanted !== undefined)
  const maxBytes = text === undefined ? Number.MAX_SAFE_INTEGER : maxTextBytes
  // Asked for first: requests written meanwhile are newer, so they do not move the end.
  const end = isFiltered ? await findLookEnd(sql, businessId, { before, maxRows, maxBytes }) : undefined
  if (isFiltered && end === undefined) return { found: [], next: undefined }
  const page = { before, downTo: end, limit: limit + 1 }
  const rows = await listRequests(sql, businessId, { ...filter, textPattern }, page)
  if (rows.length > limit) return { found: rows.slice(0, limit), next: rows[limit - 1] }
  return { found: rows, next: end?.hasOlder ? end : undefined }
}
