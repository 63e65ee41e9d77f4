import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readPostmaster } from './postgres-processes.ts'
import { makeClosedFolder, makeDataFolder, start } from './private-postgres.ts'

/** A private PostgreSQL that may be stopped and started again under the same URL. */
export async function makeRestartablePostgres() {
  const dataDir = makeDataFolder()
  const socket = join(makeClosedFolder(), 'socket')
  const bringUp = async () => {
    const server = await start({ dataDir })
    rmSync(socket, { force: true })
    symlinkSync(server.socketDir, socket)
    return server
  }
  let server = await bringUp()
  return {
    url: `postgres://${server.user}@${encodeURIComponent(socket)}:${server.port}/postgres`,
    pid: () => readPostmaster(dataDir).pid,
    stop: () => server.stop(),
    /** Ends it in the middle of everything. Its children notice, and end as well. */
    async kill() {
      const gone = new Promise<void>(resolve => server.onExit(resolve))
      process.kill(readPostmaster(dataDir).pid, 'SIGKILL')
      await gone
      await server.stop()
    },
    async startAgain() {
      server = await bringUp()
    },
  }
}
