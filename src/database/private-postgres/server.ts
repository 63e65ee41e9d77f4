import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import { Problem } from '#kit'
import { type Account, quietEnvironment } from './account.ts'
import { findPostmasterFile } from './postmaster-file.ts'
import type { ServerLog } from './server-log.ts'
import { port } from './socket-folder.ts'

const patienceMs = 5000

export type ServerPlan = {
  postgres: string
  cluster: string
  account: Account
  socketDir: string
  settings: Record<string, string>
  log: ServerLog
  /** Open files that PostgreSQL and all its processes inherit. */
  inherited: number[]
  say(line: string): void
}

/** Starts PostgreSQL on a cluster; resolves when it takes connections. Aborted, it is stopped and the promise rejects. */
export async function startServer(plan: ServerPlan, signal?: AbortSignal): Promise<Server> {
  plan.log.begin()
  const server = new Server(plan)
  signal?.addEventListener('abort', () => void server.stop(), { once: true })
  try {
    await untilReady(plan, server)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

export class Server {
  state: 'runs' | 'stopping' | 'gone' = 'runs'
  readonly #child: ChildProcess
  readonly #gone = Promise.withResolvers<void>()

  constructor({ postgres, cluster, account: { uid, gid }, log, inherited, ...rest }: ServerPlan) {
    this.#child = spawn(postgres, ['-D', cluster, ...settingArgs(rest)], {
      ...{ uid, gid, cwd: '/', env: quietEnvironment },
      // Ctrl-C ends every process of our group: PostgreSQL would end before our last write.
      detached: true,
      stdio: ['ignore', 'ignore', log.fd, ...inherited],
    })
    this.#child.once('exit', this.#settle).once('error', this.#settle)
    process.once('exit', this.#stopWithUs)
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  async stop(): Promise<void> {
    if (this.state === 'gone') return
    this.state = 'stopping'
    this.#child.kill('SIGINT')
    // Ends at once without a checkpoint; what was committed is in the write-ahead log.
    const impatience = setTimeout(() => this.#child.kill('SIGQUIT'), patienceMs)
    await this.#gone.promise
    clearTimeout(impatience)
  }

  /** Resolves when it is gone, in whatever way. */
  get gone(): Promise<void> {
    return this.#gone.promise
  }

  /** At once, and without a last touch to its files: they may be another's by now. */
  kill(): void {
    this.state = 'stopping'
    this.#child.kill('SIGKILL')
  }

  readonly #settle = (): void => {
    process.off('exit', this.#stopWithUs)
    this.state = 'gone'
    this.#gone.resolve()
  }

  readonly #stopWithUs = (): void => {
    this.#child.kill('SIGINT')
  }
}

async function untilReady({ cluster, log, say }: ServerPlan, server: Server): Promise<void> {
  const slowAt = performance.now() + patienceMs
  let hasSaid = false
  for (;;) {
    const file = findPostmasterFile(cluster)
    if (file?.pid === server.pid && file?.isReady) return
    if (server.state === 'gone')
      throw new Problem(`PostgreSQL did not start: ${log.complaint()} (more in ${log.path})`, {
        kind: 'postgresNotStarted',
        facts: { why: log.complaint(), log: log.path },
      })
    if (!hasSaid && performance.now() > slowAt) {
      say(`PostgreSQL is still starting, perhaps recovering after a crash: see ${log.path}`)
      hasSaid = true
    }
    await after(10)
  }
}

function settingArgs({ socketDir, settings }: Pick<ServerPlan, 'socketDir' | 'settings'>): string[] {
  const all = {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // The log must not hold what people write: no statements, no "failing row contains".
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
