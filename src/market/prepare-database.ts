import { connect, migrate, NoWritesError, type Sql, tryNotifications } from '#database'
import { Problem } from '#kit'
import { keepSetting } from './store/directory/settings.ts'
import { distribute, listMoves } from './store/distribution/distribute.ts'
import { findLayout, hasCitus, type Layout, plain } from './store/layout.ts'
import { marketSchema } from './store/schema.ts'

type Place = { databaseUrl: string; listenDatabaseUrl?: string | undefined }

/**
 * Brings the schema up to date, distributes it where the database has Citus, and makes sure that the database belongs to our
 * secret, takes writes, and that processes hear of one another. Says how the rows lie. Throws a Problem. Uses a connection
 * without time limits: a large index takes long, and so may another process that migrates.
 */
export async function prepareDatabase(place: Place, fingerprint: string): Promise<Layout> {
  const { databaseUrl, listenDatabaseUrl: listenUrl } = place
  const sql = connect(databaseUrl, { max: 1, name: 'migrations', isPatient: true, listenUrl })
  try {
    const layout = await prepare(sql, fingerprint, databaseUrl)
    await requireNotifications(sql, place)
    return layout
  } finally {
    await sql.end()
  }
}

async function prepare(sql: Sql, fingerprint: string, databaseUrl: string): Promise<Layout> {
  try {
    await migrate(sql, marketSchema)
    const layout = await layOut(sql)
    if ((await keepSetting(sql, 'secret fingerprint', fingerprint)) === fingerprint) return layout
  } catch (error) {
    if (error instanceof Problem) throw error
    const database = placeOf(databaseUrl)
    if (error instanceof NoWritesError)
      throw new Problem(
        `The database at ${database} takes no writes: it is a standby, or read-only. Give the primary with --database-url.`,
        { cause: error, kind: 'databaseTakesNoWrites', facts: { database } },
      )
    throw new Problem(`The database at ${database} cannot be used: ${reasonOf(error)}. Check --database-url.`, {
      cause: error,
      kind: 'databaseUnusable',
      facts: { database, why: reasonOf(error) },
    })
  }
  throw new Problem(
    `The database at ${placeOf(databaseUrl)} was set up with another secret: start with its data folder (--data) or its PRILAVOK_SECRET.`,
    { kind: 'otherSecret', facts: { database: placeOf(databaseUrl) } },
  )
}

/** What one process tells by NOTIFY must be heard by the others. */
async function requireNotifications(sql: Sql, { databaseUrl, listenDatabaseUrl }: Place): Promise<void> {
  const listenAt = placeOf(listenDatabaseUrl ?? databaseUrl)
  const database = placeOf(databaseUrl)
  const heard = await tryNotifications(sql).catch(error => {
    throw new Problem(
      `Nothing can be listened for at ${listenAt}: ${reasonOf(error)}. Check --listen-database-url, or --database-url without it.`,
      { cause: error, kind: 'listeningRefused', facts: { listenAt, why: reasonOf(error) } },
    )
  })
  if (heard === 'pooled')
    throw new Problem(
      `The database at ${listenAt} is reached through a pooler, which passes no notifications on: give the same database without the pooler with --listen-database-url.`,
      { kind: 'databasePooled', facts: { listenAt } },
    )
  if (heard === 'silent')
    throw new Problem(
      `What is told at ${database} is not heard at ${listenAt}: give the same database with --listen-database-url.`,
      { kind: 'listeningElsewhere', facts: { database, listenAt } },
    )
}

/** Tables without rows are distributed at once; what would keep others waiting is for a person to begin. */
async function layOut(sql: Sql): Promise<Layout> {
  if (!(await hasCitus(sql))) return plain
  if ((await listMoves(sql)).length > 0)
    throw new Problem(
      'The database has Citus, and rows that are not distributed yet: stop every market on it and run "prilavok distribute".',
      { kind: 'notDistributed' },
    )
  await distribute(sql)
  return findLayout(sql)
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
