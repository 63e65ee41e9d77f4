import type { BusinessId, CampaignId, OrderId, ReturnId } from '#contract'
import type { Queries } from '#database'
import type { FileStore } from '../files/file-store.ts'
import type { CustomerRow } from '../store/customers.ts'

/** Where a state is written: a transaction, which whoever calls commits, or gives up as a whole. */
export type Putting = { sql: Queries; files: FileStore; contents: ReadonlyMap<string, Buffer>; now: Date }

/** What an order or a return is of. */
type Goods = { orderId: OrderId; campaignId: CampaignId; customer: CustomerRow }
export type Directory = {
  businessId: BusinessId
  customers: ReadonlyMap<string, CustomerRow>
  orders: Map<OrderId, Goods>
  returns: Map<ReturnId, Goods>
}

/** What was checked is there. */
export function requireKnown<Key, Value>(known: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = known.get(key)
  if (value === undefined) throw new Error(`a state that was checked refers to ${key}, which it does not have`)
  return value
}
