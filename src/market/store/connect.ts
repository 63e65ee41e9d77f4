import postgres from 'postgres'

/** int8 is bigint both ways. */
export type Sql = postgres.Sql<{ bigint: bigint }>
/** A pool or a transaction: what a single query needs. */
export type Queries = postgres.ISql<{ bigint: bigint }>

type ConnectOptions = { max: number; name: string; synchronousCommit?: 'off' }

const statementTimeoutMs = 15_000

/** A pool. Connections are made when first needed and made again when lost. */
export function connect(url: string, { max, name, synchronousCommit }: ConnectOptions): Sql {
  return postgres(withoutSocket(url), {
    ...socketOf(url),
    max,
    types: { bigint: postgres.BigInt },
    connect_timeout: 5,
    max_lifetime: null,
    // A lost connection is tried again at once: while the database is away every call says so quickly.
    backoff: attempts => Math.min(1, attempts / 10),
    onnotice: () => {},
    connection: {
      application_name: applicationName(name),
      statement_timeout: statementTimeoutMs,
      ...(synchronousCommit && { synchronous_commit: synchronousCommit }),
    },
  })
}

/**
 * Makes the first connection of a pool, which learns the array types for all. postgres.js would ask for them on every new
 * connection, and lets a failure of that question go unhandled, which ends the process when the database goes away.
 */
export async function learnTypes(sql: Sql): Promise<void> {
  await sql`select 1`
  sql.options.fetch_types = false
}

const applicationName = (name: string) => `prilavok ${process.pid} ${name}`

/** The connections of this process as the server sees them; none if it cannot be asked. */
export function countConnections(sql: Sql): Promise<{ state: string; count: number }[]> {
  return sql<{ state: string; count: number }[]>`
    select coalesce(state, 'starting') as state, count(*)::integer as count from pg_stat_activity
     where application_name like ${`${applicationName('')}%`} group by 1`.catch(() => [])
}

/** postgres.js does not read the socket folder that libpq finds in a URL: `postgres://user@%2Frun%2Fpostgresql/name`. */
function socketOf(url: string): { host: string } | undefined {
  const host = decodeURIComponent(new URL(url).hostname)
  return host.startsWith('/') ? { host } : undefined
}

function withoutSocket(url: string): string {
  const parsed = new URL(url)
  if (socketOf(url)) parsed.hostname = 'localhost'
  return parsed.href
}

/** Ids for an array parameter: postgres.js takes an array of bigint for one bigint. */
export function decimals(ids: Iterable<bigint>): string[] {
  return Array.from(ids, String)
}

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
])

/** Whether an error says that the database cannot be reached or cannot take more, rather than that a query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const code = String(error.code)
  // Files have these codes too.
  const isSocketGone = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect'
  return isSocketGone || awayCodes.has(code) || /^(08|53|57)/.test(code)
}
