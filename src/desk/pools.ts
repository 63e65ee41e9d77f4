import { connect, type Sql } from '#database'

/** The connections of a desk process. */
export type Pools = {
  sql: Sql
  /** For the leases of cabinets, which would run out while they wait for a busy pool. */
  leaseSql: Sql
}

const maxConnections = 12

export function openPools({ databaseUrl }: { databaseUrl: string }): Pools {
  return {
    sql: connect(databaseUrl, { max: maxConnections, name: 'desk' }),
    leaseSql: connect(databaseUrl, { max: 1, name: 'desk leases' }),
  }
}

export async function closePools(pools: Pools): Promise<void> {
  await Promise.all(Object.values(pools).map(pool => pool.end()))
}
