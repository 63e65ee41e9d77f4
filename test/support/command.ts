import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { whenOver } from './run-context.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

export type Ended = { code: number | null; out: string; err: string }
export type Running = {
  child: ChildProcess
  firstLine(): Promise<string>
  /** All lines so far, once one of them has the text. */
  linesUntil(text: string): Promise<string[]>
  ended: Promise<Ended>
}

/** The command line as a person runs it: in English unless `env` says otherwise, without the PRILAVOK_… of the machine. */
export function prilavok(args: string[], env: Record<string, string> = {}, input?: string): Running {
  return run([process.execPath, main, ...args], env, input)
}

/** The same of another tree of sources. */
export function prilavokIn(tree: string, args: string[], env: Record<string, string> = {}): Running {
  return run([process.execPath, join(tree, 'src/cli/main.ts'), ...args], env)
}

/** The same of a package that is installed in a folder; `node` runs it. */
export function prilavokOf(folder: string, args: string[], node = process.execPath): Running {
  return run([node, join(folder, 'node_modules/prilavok/bin/prilavok.js'), ...args])
}

/** Each container has PID, IPC and mount namespaces of its own, which end with it. */
const container = ['unshare', '--pid', '--ipc', '--mount', '--fork', '--kill-child', '--mount-proc']

/** Why no container can be made here, if none can. */
export function noContainers(): string | undefined {
  const [program = '', ...args] = [...container, 'true']
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? undefined : `unshare does not work here: ${error?.message ?? stderr.trim()}`
}

/** The same in a container of its own, which is killed with its `child`. */
export function prilavokInContainer(args: string[]): Running {
  return run([...container, process.execPath, main, ...args])
}

function run([program = '', ...args]: string[], env: Record<string, string> = {}, input?: string): Running {
  const clean = Object.entries(process.env).filter(([name]) => !/^(PRILAVOK_|DATABASE_URL$)/.test(name))
  const environment = { ...Object.fromEntries(clean), LC_ALL: 'C', ...env }
  const child =
    input === undefined
      ? spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(program, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin?.end(input)
  whenOver(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  const reader = createInterface(child.stdout).on('line', line => lines.push(line))
  let err = ''
  child.stderr.on('data', data => {
    err += data
  })
  const ended = once(child, 'close').then(([code]) => ({ code, out: lines.join('\n'), err }))
  const linesUntil = async (text: string) => {
    while (!lines.some(line => line.includes(text))) {
      const closed = await Promise.race([once(reader, 'line').then(() => false), ended.then(() => true)])
      if (closed) throw new Error(`it ended before it printed "${text}": ${err}`)
    }
    return lines
  }
  return { child, ended, linesUntil, firstLine: async () => (await linesUntil(''))[0] ?? '' }
}
