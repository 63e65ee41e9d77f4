import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { codeOf } from '#kit'
import type { Interrupt } from '../terminal/interrupt.ts'
import type { Texts } from '../texts/index.ts'

const notFound = 127
const notRunnable = 126

type Surroundings = { environment: NodeJS.ProcessEnv; interrupt: Interrupt; texts: Texts }

/** Runs a program with our own input and output, and returns its exit code as a shell would. */
export function runProgram(
  [program = '', ...args]: string[],
  { environment, interrupt, texts }: Surroundings,
): Promise<number> {
  return new Promise(resolve => {
    const child = spawn(program, args, { env: environment, stdio: 'inherit' })
    interrupt.passTo(signal => {
      // Ctrl-C in a terminal goes to the program by itself; twice would mean "at once" to many.
      if (signal !== 'SIGINT' || !isInTerminal()) child.kill(signal)
    })
    child.once('error', error => resolve(explain(program, error, texts)))
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

function isInTerminal(): boolean {
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
}

function explain(program: string, error: Error, { sim }: Texts): number {
  const code = codeOf(error) ?? ''
  const isMissing = code === 'ENOENT'
  console.error(`prilavok: ${program}: ${isMissing ? sim.noProgram : sim.notRunnable(code)}.`)
  return isMissing ? notFound : notRunnable
}
