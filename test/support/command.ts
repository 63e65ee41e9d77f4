import { type ChildProcess, spawn } from 'node:child_process'
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
  const clean = Object.entries(process.env).filter(([name]) => !/^(PRILAVOK_|DATABASE_URL$)/.test(name))
  const environment = { ...Object.fromEntries(clean), LC_ALL: 'C', ...env }
  const child =
    input === undefined
      ? spawn(process.execPath, [main, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(process.execPath, [main, ...args], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
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
  return { child, ended, linesUntil, firstLine: async () => (await linesUntil('')).join() }
}
