import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyWithOwner } from './copy-with-owner.ts'
import { command, makeClosedFolder, makeDataFolder, makeOpenFolder, start } from './private-postgres.ts'

/**
 * A primary, a standby that has all it has committed before that is answered, and an address that leads to one of them, at
 * first to the primary.
 */
export async function makePrimaryAndStandby() {
  const folder = makeDataFolder()
  const copy = makeOpenFolder()
  // A base backup: PostgreSQL has not run on these files since they were made.
  copyWithOwner(join(folder, 'cluster'), join(copy, 'cluster'))
  writeFileSync(join(copy, 'cluster', 'standby.signal'), '')
  // A standby needs as many connections as its primary has had.
  const shared = { max_connections: '200' }
  const primary = await start({
    dataDir: folder,
    settings: { ...shared, wal_keep_size: '64MB', synchronous_standby_names: '*' },
  })
  const { socketDir, port, user } = primary
  const standby = await start({
    dataDir: copy,
    settings: { ...shared, primary_conninfo: `host=${socketDir} port=${port} user=${user}` },
  })
  const link = join(makeClosedFolder(), 'socket')
  const leadTo = (server: typeof primary) => {
    rmSync(link, { force: true })
    symlinkSync(server.socketDir, link)
  }
  leadTo(primary)
  return {
    url: `postgres://${user}@${encodeURIComponent(link)}:${port}/postgres`,
    ...{ primary, standby, leadTo },
    promote: () => command(standby, 'select pg_promote()'),
  }
}
