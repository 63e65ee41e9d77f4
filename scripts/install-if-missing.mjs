// Runs `npm ci` when node_modules does not match package-lock.json; otherwise does nothing, quickly.
// Plain JavaScript for whatever Node the machine has: it runs before the packages, and the Node among them, are there.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readIfThere, takeTurn } from './in-turn.mjs'
import { runShowing } from './run-showing.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.prilavok-installed')
const installing = join(root, '.prilavok', 'installing')
const isWindows = process.platform === 'win32'
// npm links it there from the package of this platform, whose hash is in the lock file.
const nodeProgram = join(modules, '.bin', 'node')

if (!isInstalled()) await installAlone()

function isInstalled() {
  return readIfThere(stamp) === wantedStamp() && existsSync(nodeProgram)
}

function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/** One at a time: `npm ci` begins with removing node_modules. */
async function installAlone() {
  takeTurn(installing)
  if (!isInstalled()) await install()
}

async function install() {
  if (!isWholeAlready())
    await installOrEnd(npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'))
  if (!existsSync(nodeProgram)) end(`Node.js does not come along for ${process.platform} on ${process.arch}.`)
  writeFileSync(stamp, wantedStamp())
}

/** npm writes its own copy of the lock file last, so that it tells a whole install by hand from a half one. */
function isWholeAlready() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(modules, '.package-lock.json'))
  if (!wanted || !present || !existsSync(nodeProgram)) return false
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

async function installOrEnd({ program, args, shell = false }) {
  const what = 'Installing what is missing (Node.js, PostgreSQL and other packages)…'
  const done = await runShowing(what, { program, args }, { cwd: root, env: outerEnvironment(), shell })
  if (done.status === 0) return
  process.stderr.write(done.output)
  end(
    `Cannot install what Prilavok needs: npm ci failed${done.error ? ` (${done.error.message})` : ''}. Mend the above (is the network there?) and run it again.`,
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
