import { createHash } from 'node:crypto'
import pg from 'pg'
import { admit, type SessionSettings } from './admit.ts'
import { despiteDeadlocks } from './despite-deadlocks.ts'
import { explain } from './errors.ts'
import { type Listening, listen } from './listen.ts'
import { hangUp, Silence } from './silence.ts'
import { type Query, Statement } from './statement.ts'
import { whileWanted } from './while-wanted.ts'

/** A pool or a transaction: what a single query needs. */
export type Queries = {
  <Rows extends readonly unknown[] = Record<string, unknown>[]>(
    strings: TemplateStringsArray,
    ...values: unknown[]
  ): Statement<Rows>
  /** A text without parameters, as it is: migrations. */
  unsafe(text: string): Promise<unknown>
}

/** A pool of connections. */
export type Sql = Queries & {
  /** One transaction: committed when the work is done, rolled back when it throws. The victim of a deadlock does its work anew. */
  begin<T>(work: (transaction: Queries) => Promise<T>): Promise<T>
  /** Work on one connection. When the signal is given its statement is cancelled in the server, and it rejects with the reason. */
  whileWanted<T>(signal: AbortSignal, work: (queries: Queries) => Promise<T>): Promise<T>
  /** Calls for each NOTIFY on a channel, and each time it begins to hear them: what came before is lost. */
  listen(channel: string, onMessage: (payload: string) => void, onHearing: () => void): Promise<Listening>
  notify(channel: string, payloads: string[]): Promise<void>
  /** Waits a moment for what is under way, then hangs up. */
  end(): Promise<void>
}

type ConnectOptions = {
  max: number
  name: string
  synchronousCommit?: 'off'
  isPatient?: true
  /** How long a statement may take; 15 s if it is not said. */
  statementMs?: number
  /** For LISTEN, if the other URL leads to a pooler: the same database without it. */
  listenUrl?: string | undefined
}

const connectTimeoutMs = 5_000
const statementTimeoutMs = 15_000
// The server ends a statement itself; this is for a server, or a line, that does nothing any more.
const answerTimeoutMs = 20_000

const endPatienceMs = 1_000

/** A pool. Connections are made when first needed and made again when lost; every call is answered in a bounded time, unless it is patient. */
export function connect(url: string, options: ConnectOptions): Sql {
  const { max, name, isPatient, listenUrl = url } = options
  const config: pg.ClientConfig = {
    connectionString: url,
    application_name: applicationName(name),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types: { getTypeParser },
  }
  const settings = settingsOf(options)
  const onConnect = async (client: pg.ClientBase) => {
    line.isDirect = !(await admit(client, settings)).isPooled
  }
  const pool = new pg.Pool({ ...config, max, idleTimeoutMillis: 0, onConnect })
  const line: Line = { isDirect: false, silence: isPatient ? undefined : new Silence(pool, answerTimeoutMs) }
  const clients = new Set<pg.ClientBase>()
  pool.on('connect', client => clients.add(client))
  pool.on('remove', client => clients.delete(client))
  pool.on('error', () => {}) // an idle connection was lost; the pool has forgotten it

  return Object.assign(queriesOn(pool, line), {
    begin: <T>(work: (transaction: Queries) => Promise<T>) => despiteDeadlocks(() => inTransaction(pool, line, work)),
    whileWanted: <T>(signal: AbortSignal, work: (queries: Queries) => Promise<T>) =>
      whileWanted(
        {
          pool,
          config: { ...config, query_timeout: answerTimeoutMs },
          signal,
          statementMs: options.statementMs ?? statementTimeoutMs,
        },
        client => work(queriesOn(client, line)),
      ),
    listen: (channel: string, onMessage: (payload: string) => void, onHearing: () => void) =>
      listen({ ...config, connectionString: listenUrl }, { channel, onMessage, onHearing }),
    notify: async (channel: string, payloads: string[]) => {
      await run(pool, line, {
        text: 'select pg_notify($1, payload) from unnest($2::text[]) as payload',
        values: [channel, payloads],
      })
    },
    end: () => {
      line.silence?.stop()
      return endPool(pool, clients)
    },
  })
}

type Line = {
  /** Whether the last connection that was made led to the server itself: then statements are prepared under names. */
  isDirect: boolean
  silence: Silence | undefined
}

function settingsOf({ isPatient, statementMs, synchronousCommit }: ConnectOptions): SessionSettings {
  const limits = {
    statement_timeout: statementMs ?? statementTimeoutMs,
    // A process that is paused within a transaction must not keep its locks from the others.
    idle_in_transaction_session_timeout: statementTimeoutMs,
  }
  return { ...(!isPatient && limits), ...(synchronousCommit && { synchronous_commit: synchronousCommit }) }
}

const int8Array = 1016

/** int8 is bigint, also in arrays; the rest is as pg has it. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) => {
  if (oid === pg.types.builtins.INT8) return BigInt
  const parser = pg.types.getTypeParser(oid, format)
  return Number(oid) === int8Array ? (text: string) => parser(text).map(BigInt) : parser
}

function queriesOn(on: pg.Pool | pg.PoolClient, line: Line): Queries {
  return Object.assign(
    <Rows extends readonly unknown[]>(strings: TemplateStringsArray, ...values: unknown[]) =>
      new Statement<Rows>(query => runOn(on, line, query), strings, values),
    { unsafe: (text: string) => on.query(text).catch(explain) },
  )
}

/** Alone, a statement is a transaction of its own; within one, the whole of it is over. */
function runOn(on: pg.Pool | pg.PoolClient, line: Line, query: Query): Promise<unknown> {
  return on instanceof pg.Pool ? despiteDeadlocks(() => run(on, line, query)) : run(on, line, query)
}

async function run(on: pg.Pool | pg.PoolClient, line: Line, { text, values }: Query): Promise<unknown> {
  if (on instanceof pg.Client) line.silence?.asked(on)
  const query = line.isDirect ? { name: nameOf(text), text, values } : { text, values }
  const { rows, rowCount } = await on.query(query).catch(explain)
  // Not enumerable: it stands beside the rows, not among them.
  return Object.defineProperty(rows, 'count', { value: rowCount ?? 0 })
}

/**
 * Each text is prepared once on each connection, under a name that is no other text's in any process: should a session be
 * shared without our knowing, the server refuses the name, and never does what another process meant by it.
 */
const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

async function inTransaction<T>(pool: pg.Pool, line: Line, work: (transaction: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(explain)
  client.on('error', ignoreLoss)
  let isDone = false
  try {
    await client.query('begin').catch(explain)
    const result = await work(queriesOn(client, line))
    const { command } = await client.query('commit').catch(explain)
    // PostgreSQL answers so to the commit of a transaction in which a statement has failed.
    if (command === 'ROLLBACK') throw new Error('a transaction went on after a statement of it had failed')
    isDone = true
    return result
  } finally {
    client.off('error', ignoreLoss)
    // One that is not done is thrown away with its connection.
    client.release(!isDone)
  }
}

/** The statement under way tells of it. */
function ignoreLoss(): void {}

async function endPool(pool: pg.Pool, clients: Set<pg.ClientBase>): Promise<void> {
  const ended = pool.end()
  const patience = setTimeout(() => {
    // A busy one too: its connection is closed.
    for (const client of clients) hangUp(client)
  }, endPatienceMs)
  await ended
  clearTimeout(patience)
}

const applicationName = (name: string) => `prilavok ${process.pid} ${name}`

/** The connections of this process as the server sees them; none if it cannot be asked. */
export function countConnections(sql: Sql): Promise<{ state: string; count: number }[]> {
  return sql<{ state: string; count: number }[]>`
    select coalesce(state, 'starting') as state, count(*)::integer as count from pg_stat_activity
     where application_name like ${`${applicationName('')}%`} group by 1`.catch(() => [])
}
