import type { Logger } from '#kit'
import type { Metrics } from '../http/metrics.ts'
import type { Bus } from '../live/bus.ts'
import type { Sql } from '../store/connect.ts'
import { QueryLog } from './query-log.ts'
import { makeTeller } from './teller.ts'

type Parts = { sql: Sql; log: Logger; bus: Bus; metrics: Metrics }

/** The query log of a market process, with its figures, telling whoever watches that it has grown. */
export function assembleQueryLog({ sql, log, bus, metrics }: Parts): QueryLog {
  const queryLog = new QueryLog({
    sql,
    log,
    onWritten: makeTeller(bus),
    onDropped: count => metrics.unlogged(count),
  })
  metrics.watchQueryLog(() => queryLog.waiting)
  return queryLog
}
