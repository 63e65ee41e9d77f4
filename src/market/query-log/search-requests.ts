import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import { listRequests, type RequestFilter, type RequestPosition, type RequestRow } from '../store/requests.ts'
import { patternOf } from './search-pattern.ts'

/** How many requests a page looks through at the most, if no index has what is looked for. */
const maxRows = 4_000
// PostgreSQL looks through some 200 MB of text a second.
const maxBytes = 64 * 1024 * 1024

export type Search = Omit<RequestFilter, 'textPattern'> & {
  text?: string | undefined
  before: RequestPosition | undefined
  limit: number
}

/** `next` is where the following page begins, if there may be more. */
export type Found = { found: RequestRow[]; next: RequestPosition | undefined }

/** A page of the log. One that had to be looked for ends after so many rows or bytes, whatever it has found. */
export async function searchRequests(
  sql: Queries,
  businessId: BusinessId,
  { text, before, limit, ...filter }: Search,
): Promise<Found> {
  const textPattern = text === undefined ? undefined : patternOf(text)
  const page = { before, limit: limit + 1, maxRows, maxBytes }
  const { rows, end } = await listRequests(sql, businessId, { ...filter, textPattern }, page)
  return rows.length > limit ? { found: rows.slice(0, limit), next: rows[limit - 1] } : { found: rows, next: end }
}
