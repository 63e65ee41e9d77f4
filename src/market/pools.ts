import { connect, type Sql } from '#database'
import { maxSearches } from './query-log/searches.ts'
import type { Layout } from './store/layout.ts'

/** The connections of a market process. Counting, logging, searches and leases have their own, so that they and messages never wait for each other. */
export type Pools = {
  sql: Sql
  /** For counting; it may lose half a second in a power cut. */
  countingSql: Sql
  /** The same for customers' quotas, so that a flood of theirs does not delay shops. */
  quotaSql: Sql
  /** The same for the query log; undefined if there shall be none. */
  loggingSql: Sql | undefined
  /** For searches of the query log, which may be cancelled and have less time than anything else. */
  searchSql: Sql
  /** For the leases of the lanes, which would run out while they wait for a busy pool. */
  leaseSql: Sql
}

const searchMs = 10_000
const singlePools = 4
const listener = 1
/** How many connections a market process makes at the most. */
export const connectionsOfProcess = ({ connections }: Pick<Layout, 'connections'>) =>
  connections + maxSearches + singlePools + listener

/** By which PostgreSQL knows the pool that every market has, and whether it has a lab. */
export const mainPoolName = { withoutLab: 'market', withLab: 'lab market' } as const

type Place = {
  databaseUrl: string
  layout: Layout
  listenDatabaseUrl?: string | undefined
  isQueryLogOff?: true
  lab?: object | undefined
}

export function openPools({ databaseUrl, listenDatabaseUrl: listenUrl, layout, isQueryLogOff, lab }: Place): Pools {
  const single = { max: 1, synchronousCommit: 'off' } as const
  return {
    sql: connect(databaseUrl, {
      max: layout.connections,
      name: mainPoolName[lab ? 'withLab' : 'withoutLab'],
      listenUrl,
    }),
    countingSql: connect(databaseUrl, { ...single, name: 'counting' }),
    quotaSql: connect(databaseUrl, { ...single, name: 'quotas' }),
    loggingSql: isQueryLogOff ? undefined : connect(databaseUrl, { ...single, name: 'query log' }),
    searchSql: connect(databaseUrl, { max: maxSearches, name: 'searches', statementMs: searchMs }),
    leaseSql: connect(databaseUrl, { max: 1, name: 'leases' }),
  }
}

export async function closePools({ loggingSql, ...pools }: Pools): Promise<void> {
  await Promise.all([loggingSql?.end(), ...Object.values(pools).map(pool => pool.end())])
}
