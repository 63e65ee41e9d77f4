import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

const silence = new Writable({ write: (_chunk, _encoding, done) => done() })

export function isInTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** A line from the terminal, empty if there is none. Questions go to standard error. */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  return readAnswer(question, process.stderr, signal)
}

/** The same without showing what is typed. */
export async function askHidden(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question)
  try {
    return await readAnswer('', silence, signal)
  } finally {
    process.stderr.write('\n')
  }
}

async function readAnswer(question: string, output: NodeJS.WritableStream, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input: process.stdin, output, terminal: true })
  // In a terminal's raw mode Ctrl-C and Ctrl-D are keys, not signals.
  const closed = new Promise<string>((resolve, reject) => {
    reader.once('SIGINT', () => {
      process.emit('SIGINT')
      reject(signal.reason)
    })
    reader.once('close', () => (signal.aborted ? reject(signal.reason) : resolve('')))
  })
  try {
    return (await Promise.race([reader.question(question, { signal }), closed])).trim()
  } finally {
    closed.catch(() => {}) // it is closed now, whatever came first
    reader.close()
  }
}
