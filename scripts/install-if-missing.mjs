// Runs `npm ci` when node_modules does not match package-lock.json; otherwise does nothing, quickly.
// Plain JavaScript for whatever Node the machine has: it runs before the packages, and the Node among them, are there.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readIfThere, takeTurn } from './in-turn.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.prilavok-installed')
const installing = join(root, '.prilavok', 'installing')
const isWindows = process.platform === 'win32'
const nodeProgram = join(modules, 'node', 'bin', isWindows ? 'node.exe' : 'node')
const nodeLink = join(modules, '.bin', 'node')

if (!isInstalled()) installAlone()

function isInstalled() {
  return readIfThere(stamp) === wantedStamp() && hasNode()
}

function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function hasNode() {
  return existsSync(nodeProgram) && (isWindows || existsSync(nodeLink))
}

/** One at a time: `npm ci` begins with removing node_modules. */
function installAlone() {
  takeTurn(installing)
  if (!isInstalled()) install()
}

function install() {
  const isWhole = isWholeAlready()
  if (!isWhole || !hasNode()) console.error('Installing what is missing…')
  if (!isWhole) {
    runOrEnd(
      npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'),
      root,
      'npm ci',
    )
  }
  if (!hasNode()) addNode()
  writeFileSync(stamp, wantedStamp())
}

/** npm writes its own copy of the lock file last, so that it tells a whole install by hand from a half one. */
function isWholeAlready() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(modules, '.package-lock.json'))
  if (!wanted || !present) return false
  const isPresent = path => present[path]?.version === wanted[path].version && existsSync(join(root, path))
  return (
    Object.keys(wanted).every(path => path === '' || wanted[path].optional || isPresent(path)) &&
    Object.keys(present).every(path => wanted[path]?.version === present[path].version)
  )
}

function packagesOf(file) {
  const text = readIfThere(file)
  return text && JSON.parse(text).packages
}

/** npm may refuse to run install scripts; the one of the package `node` fetches the program. */
function addNode() {
  const home = join(modules, 'node')
  runOrEnd({ program: outerNode(), args: ['installArchSpecificPackage'] }, home, 'fetching Node for node_modules/node')
  mkdirSync(dirname(nodeLink), { recursive: true })
  if (!isWindows && !existsSync(nodeLink)) {
    rmSync(nodeLink, { force: true })
    symlinkSync(join('..', 'node', 'bin', 'node'), nodeLink)
  }
  if (!hasNode()) end('node_modules/node holds no Node: allow install scripts and run `npm rebuild node`.')
}

function runOrEnd({ program, args, shell = false }, cwd, what) {
  const done = spawnSync(program, args, { cwd, env: outerEnvironment(), shell, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (done.status === 0) return
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  end(
    `Cannot install what Prilavok needs: ${what} failed${done.error ? ` (${done.error.message})` : ''}. Mend the above (is the network there?) and run it again.`,
  )
}

function end(line) {
  console.error(line)
  process.exit(1)
}

function npm(...args) {
  const path = process.env.npm_execpath
  // Under pnpm and yarn the variable names those.
  if (path && basename(path) === 'npm-cli.js') return { program: outerNode(), args: [path, ...args] }
  return { program: 'npm', args, shell: isWindows }
}

/** Never the Node in node_modules, which is about to be removed. */
function outerNode() {
  const candidates = [process.env.npm_node_execpath, process.execPath]
  return candidates.find(path => path && !path.startsWith(modules)) ?? 'node'
}

function outerEnvironment() {
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.startsWith(modules))
  return { ...process.env, PATH: path.join(delimiter) }
}
