import { connect, isDatabaseAway } from '#database'
import { Problem } from '#kit'
import { mainPoolName } from './pools.ts'

/**
 * A lab's faults are of its process, and an advance of its clock waits for the deliveries of that process alone: so it is the
 * only market on its database. Throws a Problem if that would not be so. A database that is away is told of by the start.
 */
export async function requireLabAlone(databaseUrl: string, { isLab }: { isLab: boolean }): Promise<void> {
  const labs = await listOthers(databaseUrl)
  if (isLab && labs.length > 0)
    throw new Problem(
      'Another market works on this database, and a lab must be the only one: stop it, or leave out --lab.',
      {
        kind: 'labNotAlone',
      },
    )
  if (labs.includes(true))
    throw new Problem('A market with a lab works on this database, and must be the only one: stop it first.', {
      kind: 'labBeside',
    })
}

/** Of each market that is connected now, whether it has a lab; a killed one is connected no more. */
async function listOthers(databaseUrl: string): Promise<boolean[]> {
  const sql = connect(databaseUrl, { max: 1, name: 'look around' })
  try {
    const rows = await sql<{ isLab: boolean }[]>`
      select application_name like ${`%${mainPoolName.withLab}`} as "isLab" from pg_stat_activity
       where datname = current_database() and application_name ~ ${`^prilavok \\d+ (${Object.values(mainPoolName).join('|')})$`}`
    return rows.map(row => row.isLab)
  } catch (error) {
    if (isDatabaseAway(error)) return []
    throw error
  } finally {
    await sql.end()
  }
}
