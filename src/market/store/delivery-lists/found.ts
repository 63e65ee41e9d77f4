import type { DeliveryRow } from '../delivery-views.ts'
import type { DeliveryPosition } from './filter.ts'

/** `end` is where the looking ended if it did so before the page was full. */
export type FoundDeliveries = { rows: DeliveryRow[]; end: DeliveryPosition | undefined }

/** The rows of a page, and where the looking ended, which is the row that was not found. */
export function cutFound(found: readonly (DeliveryRow & { isFound: boolean })[], limit: number): FoundDeliveries {
  const rows = found.filter(row => row.isFound).slice(0, limit)
  return { rows, end: rows.length < limit ? found.find(row => !row.isFound) : undefined }
}
