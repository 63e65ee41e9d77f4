import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Problem } from '#kit'

const run = promisify(execFile)
const packageName = '@stoplight/prism-cli'
const readyMs = 60_000

export type Where = { prism?: string | undefined; 'install-prism'?: boolean | undefined; folder: string }
export type Prism = { port: number; pid: number; stop(): Promise<void> }

/** The program, and its version. Throws a Problem that says what to do where there is none. */
export async function findPrism({ prism, folder, ...asked }: Where): Promise<{ program: string; version: string }> {
  const named = prism ?? process.env['PRISM']
  const program = named ?? 'prism' // npm has node_modules/.bin in the PATH
  const version = await versionOf(program)
  if (version !== undefined) return { program, version }
  if (named !== undefined)
    throw new Problem(`${named} is not the program of ${packageName}: it does not tell its version.`)
  if (!asked['install-prism'])
    throw new Problem(
      `${packageName} is not here: add --install-prism (npm puts it into a temporary folder), or --prism PATH.`,
    )
  return install(folder)
}

async function install(folder: string): Promise<{ program: string; version: string }> {
  mkdirSync(folder, { recursive: true })
  await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', packageName])
  const program = join(folder, 'node_modules/.bin/prism')
  const version = await versionOf(program)
  if (version === undefined) throw new Problem(`npm installed ${packageName}, but it does not start here.`)
  return { program, version }
}

function versionOf(program: string): Promise<string | undefined> {
  return run(program, ['--version']).then(
    ({ stdout }) => /^\d+\.\d+\.\d+/.exec(stdout)?.[0],
    () => undefined,
  )
}

/** Prism as its readme starts it, on a document; what it logs goes nowhere. */
export async function startPrism(program: string, document: string, folder: string): Promise<Prism> {
  const file = join(folder, 'openapi.json')
  writeFileSync(file, document)
  const port = await findFreePort()
  const args = ['mock', file, '--host', '127.0.0.1', '--port', String(port)]
  const child = spawn(program, args, { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const until = performance.now() + readyMs
  while (!(await isAnswering(port))) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill()
      throw new Problem(`${program} ${args.join(' ')} does not answer.`)
    }
    await after(100)
  }
  return {
    ...{ port, pid: child.pid ?? 0 },
    async stop() {
      child.kill()
      await exited
    },
  }
}

function isAnswering(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  server.close()
  await once(server, 'close')
  return port
}
