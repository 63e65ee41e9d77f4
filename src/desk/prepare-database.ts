import { connect, migrate, tryNotifications } from '#database'
import { Problem } from '#kit'
import { keepSecret } from './cabinets/keep-secret.ts'
import { deskSchema } from './store/schema.ts'

/** Brings the schema up to date and makes sure that the database belongs to our secret. Throws a Problem. */
export async function prepareDatabase(databaseUrl: string, fingerprint: string): Promise<void> {
  const sql = connect(databaseUrl, { max: 1, name: 'desk migrations', isPatient: true })
  try {
    await migrate(sql, deskSchema)
    await keepSecret(sql, fingerprint)
    if ((await tryNotifications(sql)) !== 'heard')
      throw new Error('it is reached through a pooler, which passes no notifications on')
  } catch (error) {
    if (error instanceof Problem) throw error
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error)
    throw new Problem(`The database of the desk cannot be used: ${why}. Check --database-url.`, {
      ...{ cause: error, kind: 'deskDatabaseUnusable', facts: { why } },
    })
  } finally {
    await sql.end()
  }
}
