import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { codeOf } from '#kit'
import { readPostmaster } from './postgres-processes.ts'
import { command, makeClosedFolder, makeDataFolder, start } from './private-postgres.ts'

function isAnother(dataDir: string, pid: number): boolean {
  try {
    const now = readPostmaster(dataDir)
    return now.pid !== pid && now.isReady
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** A private PostgreSQL that may be stopped and started again under the same URL. */
export async function makeRestartablePostgres(dataDir = makeDataFolder()) {
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
    /** Ends it in the middle of everything; resolves when it has been started again, as happens by itself. */
    async kill() {
      const { pid } = readPostmaster(dataDir)
      process.kill(pid, 'SIGKILL')
      while (!isAnother(dataDir, pid)) await wait(20)
    },
    /** Changes a setting of the server for every session, also those that stand. */
    set: (name: string, value: string) =>
      command(server, `alter system set ${name} = ${value}`, 'select pg_reload_conf()'),
    async startAgain() {
      server = await bringUp()
    },
  }
}
