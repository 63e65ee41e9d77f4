import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quietEnvironment } from './account.ts'
import { type PrivatePostgres, startPrivatePostgres } from './start.ts'

export type TemporaryPostgres = Pick<PrivatePostgres, 'url' | 'onEnd' | 'stop'> & {
  /** A folder of this run alone, removed with it. */
  folder: string
}

// The data is removed after the run, so it need not survive a power cut.
const quickSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * A shell script that waits for the end of its input, which comes when this process has ended in any way; then it ends the
 * PostgreSQL and removes its files. A line of input names the folder of the data, if that is not its argument.
 */
const caretaker = `
  where=$1
  while IFS= read -r line; do where=$line; done
  if { read -r pid; read -r _; read -r _; read -r _; read -r socket; } <"$where/cluster/postmaster.pid"; then
    kill -QUIT "$pid"
    left=100
    while kill -0 "$pid" && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
    case $socket in */prilavok-socket-*) rm -rf "$socket" ;; esac
  fi
  rm -rf "$where" "$1"
`

/** A private PostgreSQL for one run: fast, its data not safe from a power cut, removed with this process even if that is killed. */
export async function startTemporaryPostgres(
  say: (line: string) => void,
  settings: Record<string, string> = {},
): Promise<TemporaryPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-run-'))
  const care = takeCare(folder)
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    // PostgreSQL may run as another user; what it keeps inside is closed to the rest.
    chmodSync(folder, 0o755)
    const all = { ...quickSettings, ...settings }
    const postgres = await startPrivatePostgres({ dataDir: folder, say, settings: all, isTemporary: true })
    if (postgres.where !== folder) care.moveTo(postgres.where)
    const stop = async () => {
      await postgres.stop()
      rmSync(postgres.where, { recursive: true, force: true, maxRetries: 5 })
      remove()
      care.release()
    }
    return { folder, stop, url: postgres.url, onEnd: postgres.onEnd }
  } catch (error) {
    remove()
    care.release()
    throw error
  }
}

function takeCare(folder: string): { moveTo(where: string): void; release(): void } {
  const child = spawn('/bin/sh', ['-c', caretaker, 'sh', folder], {
    ...{ cwd: '/', env: quietEnvironment },
    // Ctrl-C ends every process of our group; this one must live longer.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  child.on('error', () => {}) // without a shell only the clean-up after a kill is missing
  child.stdin.on('error', () => {}) // likewise
  return {
    moveTo: where => void child.stdin.write(`${where}\n`),
    release: () => void child.stdin.end(),
  }
}
