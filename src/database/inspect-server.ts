import type { Clock } from '#kit'
import type { Queries } from './connect.ts'

/** What a PostgreSQL says of itself, and of us in it. Sizes are counts of connections. */
export type ServerFacts = {
  /** As `server_version_num` has it: 150014 is 15.14. */
  version: number
  /** The settings of this name that are off, of those without which a crash loses what was committed. */
  switchedOff: ('fsync' | 'full_page_writes' | 'synchronous_commit')[]
  isReplica: boolean
  isSuperuser: boolean
  /** Whether we may make schemas in this database. */
  mayCreate: boolean
  encoding: string
  /** How many connections we may have at once, whatever bounds them: the server, the role, the database. */
  connectionsAllowed: number
  isEncrypted: boolean
  /** `shared_buffers`, in bytes. */
  cacheBytes: number
  /** This database on its disk, in bytes; on a cluster, the coordinator's part. */
  databaseBytes: number
  /** How far our clock is ahead of the server's; negative if it is behind. */
  clockAheadMs: number
}

type Row = Omit<ServerFacts, 'switchedOff' | 'clockAheadMs'> & {
  fsync: string
  fullPageWrites: string
  synchronousCommit: string
  now: Date
}

/** Changes nothing. Rejects if the server is away. */
export async function inspectServer(sql: Queries, clock: Clock): Promise<ServerFacts> {
  await sql`select 1` // the connection is made before its answers are timed
  const asked = clock.now().getTime()
  const [row] = await readFacts(sql)
  const answered = clock.now().getTime()
  if (row === undefined) throw new TypeError('the server has answered without a row')
  const { now, fsync, fullPageWrites, synchronousCommit, ...facts } = row
  const settings = { fsync, full_page_writes: fullPageWrites, synchronous_commit: synchronousCommit } as const
  const switchedOff = (['fsync', 'full_page_writes', 'synchronous_commit'] as const).filter(
    name => settings[name] === 'off',
  )
  return { ...facts, switchedOff, clockAheadMs: distanceMs(now.getTime(), asked, answered) }
}

/** The server looked at its clock at some moment between asking and answer: within them the clocks agree. */
function distanceMs(told: number, asked: number, answered: number): number {
  if (told < asked) return asked - told
  return Math.min(answered - told, 0)
}

function readFacts(sql: Queries): PromiseLike<Row[]> {
  return sql<Row[]>`
    select current_setting('server_version_num')::integer as version,
           current_setting('fsync') as fsync,
           current_setting('full_page_writes') as "fullPageWrites",
           current_setting('synchronous_commit') as "synchronousCommit",
           pg_is_in_recovery() as "isReplica",
           rolsuper as "isSuperuser",
           has_database_privilege(current_database(), 'CREATE') as "mayCreate",
           current_setting('server_encoding') as encoding,
           least(current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
                   - coalesce(current_setting('reserved_connections', true)::integer, 0),
                 nullif(rolconnlimit, -1), nullif(datconnlimit, -1)) as "connectionsAllowed",
           coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as "isEncrypted",
           pg_size_bytes(current_setting('shared_buffers'))::float8 as "cacheBytes",
           pg_database_size(current_database())::float8 as "databaseBytes",
           clock_timestamp() as now
      from pg_roles, pg_database
     where rolname = current_user and datname = current_database()`
}
