import pg from 'pg'
import { explain, NoWritesError } from './errors.ts'

/** Settings of a session by name, as `set` takes them. */
export type SessionSettings = Readonly<Record<string, string | number>>

const answerTimeoutMs = 5_000

/**
 * Looks where a new connection leads and gives its session our settings, in one question. Behind a pooler, which tells a number
 * of its own for the session, what one connection asks is done in sessions that others use too: nothing is set there.
 * Rejects if the database takes no writes (libpq's target_session_attrs=read-write): what is read there may be old.
 */
export async function admit(client: pg.ClientBase, settings: SessionSettings): Promise<{ isPooled: boolean }> {
  const { processID: told } = client as pg.ClientBase & { processID: number | null } // the driver's types leave it out
  const pid = Number(told)
  const sets = Object.entries(settings).map(
    ([name, value]) =>
      `, case when pg_backend_pid() = ${pid} then set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(`${value}`)}, false) end`,
  )
  const text = `select pg_backend_pid() as pid, current_setting('transaction_read_only') as "readOnly"${sets.join('')}`
  const question = { text, query_timeout: answerTimeoutMs }
  const { rows } = await client.query<{ pid: number; readOnly: string }>(question).catch(explain)
  const [backend] = rows
  if (backend?.readOnly === 'on') throw new NoWritesError('it is a standby, or read-only, and takes no writes')
  return { isPooled: backend?.pid !== pid }
}
