import type { Queries } from '#database'
import type { DeliveryState } from '../deliveries.ts'
import type { DeliveryFilter } from './filter.ts'

type Condition = ReturnType<typeof isAny>

/**
 * `isOne` is what an index finds of a filter, of market.deliveries d, `key` the column with its value by which that index is ordered
 * before the events; `rest` is what each row w must be looked at for, if anything.
 */
type Source = { isOne: Condition; key: Key | undefined; rest: Condition | undefined }
type Key = { column: Condition; value: Condition }

/** By the index that leaves least to be looked through. The conditions of partial indexes stand in the text as they are declared. */
export function sourceOf(sql: Queries, { state, type }: DeliveryFilter): Source {
  const isState = state && sql`w.state = ${state}`
  const isType = type && sql`w.type = ${type}`
  if (type && type !== 'message_sent')
    return {
      isOne: sql`and d.type <> 'message_sent'`,
      key: { column: sql`d.type`, value: sql`${type}::text` },
      rest: isState,
    }
  const found = state && byState[state](sql)
  if (found && !found.isMixed) return { isOne: found.isOne, key: found.key, rest: isType }
  const rest = isState && isType ? sql`${isState} and ${isType}` : (isState ?? isType)
  return { isOne: found?.isOne ?? isAny(sql), key: undefined, rest }
}

/** Of market.deliveries d: those of a state, by the small index that has them, if there is one. */
export const isOfState = (sql: Queries, state: DeliveryState | undefined) =>
  state === undefined ? isAny(sql) : sql`${byState[state](sql).isOne} and d.state = ${state}`

const isAny = (sql: Queries) => sql``

/** Mixed: the index holds rows of other states, too. What waits is mixed with the little that is in flight. */
const byState: Record<DeliveryState, (sql: Queries) => { isOne: Condition; key?: Key; isMixed?: true }> = {
  waiting: sql => ({ isOne: sql`and d.state in ('waiting', 'in_flight') and d.state = 'waiting'` }),
  in_flight: sql => ({ isOne: sql`and d.state in ('waiting', 'in_flight')`, isMixed: true }),
  delivered: sql => ({ isOne: isAny(sql), isMixed: true }),
  refused: sql => notTaken(sql, sql`'refused'`),
  cancelled: sql => notTaken(sql, sql`'cancelled'`),
}

const notTaken = (sql: Queries, value: Condition) => ({
  isOne: sql`and d.state in ('refused', 'cancelled')`,
  key: { column: sql`d.state`, value },
})
