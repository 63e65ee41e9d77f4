/** The servers of a run's databases: one PostgreSQL, or the nodes of the Citus cluster that a variable names. */
import { codeOf } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'

/** Without a database, as `postgres://user@host:port/`; the coordinator is the first. */
export type Nodes = [string, ...string[]]

/** URL of any database of the cluster's coordinator in which its nodes are known. */
export const citusVariable = 'PRILAVOK_TEST_CITUS_URL'

/** The nodes of the cluster if there is one; else this server alone. */
export async function findNodes(server: string): Promise<Nodes> {
  const citus = process.env[citusVariable]
  if (!citus) return [server]
  const sql = connect(citus, { max: 1, name: 'test setup' })
  try {
    const rows = await sql<{ host: string; port: number }[]>`
      select nodename as host, nodeport as port from pg_catalog.pg_dist_node where groupid > 0 order by groupid`
    const workers = rows.map(({ host, port }) => withPlace(citus, { host, port: String(port) }))
    return [withPlace(citus, {}), ...workers]
  } finally {
    await sql.end()
  }
}

function withPlace(url: string, { host, port }: { host?: string; port?: string }): string {
  const place = new URL(url)
  if (host) place.hostname = host
  if (port) place.port = port
  place.pathname = '/'
  return place.href
}

/** Work on a server's own database. */
export async function onServer<T>(server: string, work: (admin: Sql) => Promise<T>): Promise<T> {
  const admin = connect(`${server}postgres`, { max: 1, name: 'test setup', isPatient: true })
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

const isInUse = '55006'
const dropTries = 5

/** In a database that was just made, Citus begins a work that is not ended at once. */
export async function dropDatabase(server: string, name: string, tries = dropTries): Promise<void> {
  try {
    await onServer(server, admin => admin.unsafe(`drop database if exists ${name} with (force)`))
  } catch (error) {
    if (codeOf(error) !== isInUse || tries === 1) throw error
    await dropDatabase(server, name, tries - 1)
  }
}

/** Makes a cluster of the databases of one name, if there are several nodes. */
export async function joinNodes([coordinator, ...workers]: Nodes, database: string): Promise<void> {
  if (workers.length === 0) return
  for (const node of [coordinator, ...workers]) {
    const sql = connect(`${node}${database}`, { max: 1, name: 'test setup' })
    await sql`create extension citus`
    await sql.end()
  }
  const sql = connect(`${coordinator}${database}`, { max: 1, name: 'test setup', isPatient: true })
  const { hostname, port } = new URL(coordinator)
  await sql`select citus_set_coordinator_host(${hostname}, ${Number(port)})`
  for (const worker of workers) {
    const { hostname, port } = new URL(worker)
    await sql`select citus_add_node(${hostname}, ${Number(port)})`
  }
  await sql.end()
}

/** What is copied must be in nobody's use, and Citus has a process at work in each of its databases. */
export async function closeTemplate(nodes: Nodes, database: string): Promise<void> {
  if (nodes.length === 1) return
  for (const node of nodes)
    await onServer(node, async admin => {
      await admin.unsafe(`alter database ${database} with allow_connections false`)
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`
    })
}
