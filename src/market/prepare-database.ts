import { connect, migrate, type Sql } from '#database'
import { Problem } from '#kit'
import { marketSchema } from './store/schema.ts'
import { keepSetting } from './store/settings.ts'

/**
 * Brings the schema up to date and makes sure that the database belongs to our secret. Throws a Problem. Uses a connection
 * without time limits: a large index takes long, and so may another process that migrates.
 */
export async function prepareDatabase(databaseUrl: string, fingerprint: string): Promise<void> {
  const sql = connect(databaseUrl, { max: 1, name: 'migrations', isPatient: true })
  try {
    await prepare(sql, fingerprint, databaseUrl)
  } finally {
    await sql.end()
  }
}

async function prepare(sql: Sql, fingerprint: string, databaseUrl: string): Promise<void> {
  try {
    await migrate(sql, marketSchema)
    if ((await keepSetting(sql, 'secret fingerprint', fingerprint)) === fingerprint) return
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      `The database at ${placeOf(databaseUrl)} cannot be used: ${reasonOf(error)}. Check --database-url.`,
      { cause: error, kind: 'databaseUnusable', facts: { database: placeOf(databaseUrl), why: reasonOf(error) } },
    )
  }
  throw new Problem(
    `The database at ${placeOf(databaseUrl)} was set up with another secret: start with its data folder (--data) or its PRILAVOK_SECRET.`,
    { kind: 'otherSecret', facts: { database: placeOf(databaseUrl) } },
  )
}

/** Host, port and database alone: any other part may hold the password. A socket's folder counts as the host. */
function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname, searchParams } = new URL(databaseUrl)
  const host = (searchParams.get('host') ?? hostname).replaceAll(/%2f/gi, '/')
  return `${host}${port && `:${port}`}${host.startsWith('/') ? ` (${pathname.slice(1)})` : pathname}`
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error)
}
