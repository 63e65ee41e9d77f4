/** The client as its users have it: packed, and installed in a folder of theirs. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/** Node.js 20, the oldest that the client promises to run on, where the machine has it: NODE20=/path names it. */
export const node20 = [process.env['NODE20'], '/usr/bin/node', '/usr/local/bin/node'].find(
  path => path && existsSync(path) && execFileSync(path, ['--version'], { encoding: 'utf8' }).startsWith('v20.'),
)

/** Packs into a folder that goes with the test file; returns the path of the tarball. */
export function packClient(folder: string): string {
  execFileSync(process.execPath, [join(root, 'scripts/pack-client.mjs'), '--out', folder], { encoding: 'utf8' })
  return join(folder, readdirSync(folder).find(name => name.endsWith('.tgz')) ?? '')
}

export type ClientUser = {
  /** Where `npm i <tarball>` was run. */
  folder: string
  tarball: string
  /** Type-checks files of the folder (and emits them, if asked to); returns what the compiler says: nothing, if all is well. */
  check(files: string[], options?: Record<string, string>): string
  /** Runs a file of the folder; it is ended with the test. */
  run(file: string, env: Record<string, string>, node?: string): Run
}

export type Run = {
  lines: string[]
  errors: string[]
  stop(signal?: NodeJS.Signals): void
  ended: Promise<number | null>
}

/** A folder with the client installed, for this test file. `links` are packages of ours that its programs import, too. */
export function useClientPackage(links: readonly string[] = []): ClientUser {
  const used = {} as ClientUser // filled before the first test runs
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-user-'))
  beforeAll(() => {
    const tarball = packClient(join(folder, 'packed'))
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, encoding: 'utf8' })
    for (const name of links) link(folder, name)
    Object.assign(used, { folder, tarball, check: checkIn(folder), run: runIn(folder) })
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return used
}

function link(folder: string, name: string): void {
  const target = join(folder, 'node_modules', name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), target)
}

const strict = {
  target: 'es2022',
  module: 'nodenext',
  lib: 'es2022',
  types: 'node',
  strict: 'true',
  skipLibCheck: 'false',
  noEmit: 'true',
  allowImportingTsExtensions: 'true',
  verbatimModuleSyntax: 'true',
}

function checkIn(folder: string): ClientUser['check'] {
  return (files, options = {}) => {
    const flags = Object.entries({ ...strict, ...options }).flatMap(([name, value]) => [`--${name}`, value])
    const done = spawnSync(process.execPath, [tsc, ...flags, ...files], { cwd: folder, encoding: 'utf8' })
    return done.stdout + done.stderr
  }
}

function runIn(folder: string): ClientUser['run'] {
  return (file, env, node = process.execPath) => {
    const child = spawn(node, [file], {
      cwd: folder,
      env: { ...bareEnvironment(), NODE_NO_WARNINGS: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = once(child, 'close').then(([code]) => code as number | null) // as Node types it
    const run: Run = { lines: [], errors: [], stop: signal => void child.kill(signal), ended }
    collect(child.stdout, run.lines)
    collect(child.stderr, run.errors)
    return run
  }
}

/** Without the PRILAVOK_… of the machine. */
function bareEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PRILAVOK_')))
}

function collect(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
}
