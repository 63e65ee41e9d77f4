import pg from 'pg'
import { explain } from './errors.ts'

/** `statementMs`: how long a statement may take; behind a pooler the session has no limit of ours. */
type Wanted = { pool: pg.Pool; config: pg.ClientConfig; signal: AbortSignal; statementMs: number }

/**
 * Work in a transaction. When the signal is given, the statement under way is cancelled in the server. The transaction holds
 * its session until the server has answered that, and is thrown away then: a cancel that comes late finds nobody else's statement.
 */
export async function whileWanted<T>(wanted: Wanted, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const { pool, signal } = wanted
  const client = await pool.connect().catch(explain)
  client.on('error', ignoreLoss)
  let cancelling: Promise<void> | undefined
  let isDone = false
  try {
    await client.query(`begin; set local statement_timeout = ${wanted.statementMs}`).catch(explain)
    const backend = await findBackend(client)
    signal.throwIfAborted()
    const cancel = () => {
      cancelling = cancelStatement(wanted, backend)
    }
    signal.addEventListener('abort', cancel, { once: true })
    try {
      const result = await work(client)
      isDone = true
      return result
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    await cancelling
    const isKept = isDone && !signal.aborted && (await isCommitted(client))
    client.off('error', ignoreLoss)
    client.release(!isKept)
  }
}

/** What was read is told already, whatever becomes of the connection. */
function isCommitted(client: pg.PoolClient): Promise<boolean> {
  return client.query('commit').then(
    () => true,
    () => false, // it was lost: another is made
  )
}

type Backend = { pid: number; startedAt: string }

/** As the server numbers it: what the driver was told at the start may be a proxy's number. */
async function findBackend(client: pg.PoolClient): Promise<Backend> {
  const { rows } = await client
    .query<Backend>(`select pid, backend_start::text as "startedAt" from pg_stat_activity where pid = pg_backend_pid()`)
    .catch(explain)
  const [backend] = rows
  if (!backend) throw new Error('the server does not list the connection that asks')
  return backend
}

/** On a connection of its own: those of the pool may all be busy with what is to be cancelled. */
async function cancelStatement({ config }: Wanted, { pid, startedAt }: Backend): Promise<void> {
  const client = new pg.Client(config)
  client.on('error', ignoreLoss)
  try {
    await client.connect()
    await client.query(
      'select pg_cancel_backend(pid) from pg_stat_activity where pid = $1 and backend_start::text = $2',
      [pid, startedAt],
    )
  } catch {
    // It cannot be told: the statement ends when it has taken too long.
  } finally {
    await client.end().catch(ignoreLoss)
  }
}

/** The statement under way tells of it. */
function ignoreLoss(): void {}
