// Runs a program and shows how long it has been at it, for work that would be silent for half a minute.
// Plain JavaScript without packages: installing them uses it.
import { spawn } from 'node:child_process'

const clearLine = '\r\u001b[2K'
const { stderr } = process

/** What the program came to, with what it printed. In a terminal one line is written over; elsewhere there is one every ten seconds. */
export async function runShowing(what, { program, args }, options) {
  const hide = showProgress(what)
  try {
    return await run(program, args, options)
  } finally {
    hide()
  }
}

function run(program, args, options) {
  return new Promise(resolve => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (output += data))
    child.once('error', error => resolve({ status: null, output, error }))
    child.once('close', status => resolve({ status, output }))
  })
}

function showProgress(what) {
  const startedAt = Date.now()
  const line = () => `${what} ${Math.round((Date.now() - startedAt) / 1000)} s`
  stderr.write(stderr.isTTY ? what : `${what}\n`)
  const timer = stderr.isTTY
    ? setInterval(() => stderr.write(clearLine + line()), 1_000)
    : setInterval(() => stderr.write(`${line()}\n`), 10_000)
  return () => {
    clearInterval(timer)
    if (stderr.isTTY) stderr.write(`${clearLine}${line()}\n`)
  }
}
