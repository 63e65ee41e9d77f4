import { realpathSync } from 'node:fs'
import { type Logger, Problem } from '#kit'
import { clusterIn, ensureCluster, superuser } from './cluster.ts'
import { findDataPlace, keepPlace } from './data-place.ts'
import { Keeper } from './keeper.ts'
import { lockFolder } from './lock/folder-lock.ts'
import { removeFifo } from './lock/server-fifo.ts'
import { stopOrphan } from './orphan.ts'
import { findPrograms, requirePackaged } from './programs.ts'
import { openLog } from './server-log.ts'
import { ordinarySharedFolders } from './shared-folder.ts'
import { databaseUrl, makeSocketFolder, port } from './socket-folder.ts'
import { startAlone } from './start-alone.ts'
import { describeTrouble } from './trouble.ts'
import { describeWhereabouts } from './whereabouts.ts'

export type PrivatePostgres = {
  /** Connection URL of a database in it, as libpq understands it: its host is the socket's folder. */
  url(database: string): string
  socketDir: string
  port: number
  user: string
  /** Whether this start has created the files. */
  isNew: boolean
  /** The folder that holds its files; another than the data folder if PostgreSQL's account cannot enter that. */
  where: string
  /** Resolves when the process is gone; everything committed is kept. */
  stop(): Promise<void>
  /** Calls with one line when PostgreSQL has ended for good without having been stopped. One that dies is started again first. */
  onEnd(listener: (why: Problem) => void): void
}

export type StartOptions = {
  dataDir: string
  say(line: string): void
  settings?: Record<string, string>
  /** Whether the files may be lost in a power cut. */
  isTemporary?: boolean
  /** Whether the data folder was used before: its database must be found then, and none is made in its stead. */
  isUsed?: boolean
  /** Told when PostgreSQL dies, and when it runs again. */
  log?: Logger
  /** How long it is tried to start it again. */
  patienceMs?: number
}

/** Where the packaged programs are, and where files may go that PostgreSQL's account cannot reach in their places. */
export type Surroundings = { packaged: string; sharedFolders: string[] }

/**
 * Starts a PostgreSQL of our own on a folder, and creates its files there the first time. Ends the one that a killed
 * process of ours has left. Throws a Problem when a live process has the folder, or for anything else a person can mend.
 */
export async function startPrivatePostgres(
  options: StartOptions,
  around: Partial<Surroundings> = {},
): Promise<PrivatePostgres> {
  if (process.platform === 'win32') {
    throw new Problem('PostgreSQL does not come along for Windows: run in WSL, or give --database-url', {
      kind: 'noWindows',
    })
  }
  const owned = new AsyncDisposableStack()
  try {
    return await start(options, completeSurroundings(around), owned)
  } catch (error) {
    await owned.disposeAsync()
    throw describeTrouble(error, options.dataDir)
  }
}

function completeSurroundings({ packaged, sharedFolders }: Partial<Surroundings>): Surroundings {
  return { packaged: packaged ?? requirePackaged(), sharedFolders: sharedFolders ?? ordinarySharedFolders() }
}

async function start(
  { dataDir, say, settings = {}, isTemporary = false, isUsed = false, log: logger, patienceMs }: StartOptions,
  { packaged, sharedFolders }: Surroundings,
  owned: AsyncDisposableStack,
): Promise<PrivatePostgres> {
  const { folder, account } = findDataPlace({ dataDir, sharedFolders, isUsed })
  const lock = owned.adopt(await lockFolder(folder, { say }), held => held.release())
  owned.defer(() => removeFifo(folder))
  const programs = findPrograms(packaged, account, sharedFolders)
  const whereabouts = { accountName: account.name, dataDir: realpathSync(dataDir), folder }
  const line = describeWhereabouts({ ...whereabouts, packaged, programs: programs.folder })
  if (line) say(line)

  const log = owned.adopt(openLog(folder, account), opened => opened.close())
  const cluster = clusterIn(folder)
  await stopOrphan(cluster)
  const { isNew } = await ensureCluster({ folder, account, programs, log, isTemporary })
  keepPlace(dataDir, folder)
  const { path: socketDir } = owned.adopt(makeSocketFolder(account), made => made.remove())
  const plan = { postgres: programs.postgres, cluster, account, socketDir, settings, log, say }
  const startOnce = (signal?: AbortSignal) => startAlone(plan, { folder, lock, signal })
  const keeper = new Keeper(await startOnce(), {
    ...{ log, logger, patienceMs },
    startAgain: signal => startOnce(signal),
  })
  owned.defer(() => keeper.stop())
  lock.onLost(why => keeper.abandon(why))

  let stopped: Promise<void> | undefined
  return {
    url: database => databaseUrl(socketDir, database),
    ...{ socketDir, port, user: superuser, isNew, where: folder },
    stop() {
      stopped ??= owned.disposeAsync()
      return stopped
    },
    onEnd: listener => void keeper.lost.then(listener),
  }
}
