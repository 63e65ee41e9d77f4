import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { codeOf } from '../terminal/error-code.ts'
import type { Signals } from '../terminal/signals.ts'

const notFound = 127
const notRunnable = 126

/** Runs a program with our own input and output, and returns its exit code as a shell would. */
export function runProgram(
  [program = '', ...args]: string[],
  environment: NodeJS.ProcessEnv,
  signals: Signals,
): Promise<number> {
  return new Promise(resolve => {
    const child = spawn(program, args, { env: environment, stdio: 'inherit' })
    signals.passTo(signal => {
      // Ctrl-C in a terminal goes to the program by itself; twice would mean "at once" to many.
      if (signal !== 'SIGINT' || !isInTerminal()) child.kill(signal)
    })
    child.once('error', error => resolve(explain(program, error)))
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

function isInTerminal(): boolean {
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
}

function explain(program: string, error: Error): number {
  const isMissing = codeOf(error) === 'ENOENT'
  const why = isMissing ? 'there is no such program: check its name and PATH' : `it cannot be run (${codeOf(error)})`
  console.error(`prilavok: ${program}: ${why}.`)
  return isMissing ? notFound : notRunnable
}
