import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { HostLink } from './host-link.ts'
import { hostPlace } from './place.ts'
import { listening } from './protocol.ts'

const oldestNode = [24, 7] as const

let link: Promise<HostLink> | undefined

/** The host of this process's tests: one for all test files that run at the time. Whoever comes first starts it. */
export async function connectHost(program: string): Promise<HostLink> {
  if (link === undefined || (await link).isLost) link = meet(program)
  // Once more for whoever tries again.
  link.catch(() => {
    link = undefined
  })
  return link
}

async function meet(program: string): Promise<HostLink> {
  const { socket, ...place } = hostPlace(program)
  const met = (await tryConnect(socket)) ?? (await start(program, place).then(() => tryConnect(socket)))
  if (!met) throw new Error(`the market of the tests did not start: see ${place.log}`)
  return new HostLink(met)
}

/** Undefined if nobody listens there. */
async function tryConnect(path: string): Promise<Socket | undefined> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return socket
  } catch {
    return undefined
  }
}

/** Resolves when it listens, or another does. It lives on when this process has ended, for the next test files. */
async function start(program: string, { folder, log }: { folder: string; log: string }): Promise<void> {
  const { node } = process.versions
  const [major = 0, minor = 0] = node.split('.').map(Number)
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]))
    throw new Error(
      `prilavok/testing needs Node.js ${oldestNode.join('.')} or newer, and this is ${node}: "npx prilavok" says where to get it`,
    )
  const logFd = openSync(log, 'w')
  const child = spawn(process.execPath, [program], {
    ...{ cwd: folder, detached: true, env: plainEnvironment() },
    stdio: ['ignore', 'pipe', logFd],
  })
  closeSync(logFd)
  child.unref()
  let said = ''
  for await (const text of child.stdout ?? []) {
    said += text
    if (said.includes(listening)) break
  }
  if (!said.includes(listening)) throw new Error(`the market of the tests did not start: ${lastLines(log)}`)
}

/** Without what a test runner has Node do in its own processes. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...rest } = process.env
  return rest
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trim().slice(-2_000) || 'it said nothing'
}
