// Builds the console, the desk and the guide when they do not match their sources; otherwise does nothing, quickly.
// Plain JavaScript, as it also runs on whatever Node the machine has.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readIfThere, takeTurn } from './in-turn.mjs'
import { runShowing } from './run-showing.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const building = join(root, 'dist', 'building')
const shared = ['src/web/ui', 'src/web/parts', 'src/contract', 'vite.config.ts', 'package-lock.json']
const documents = ['docs', 'examples', 'prove/README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md']
const apps = ['console', 'desk', 'guide'].map(name => ({
  name,
  built: join(root, 'dist', name),
  sources: [`src/web/${name}`, ...shared, 'scripts/build-if-stale.mjs', 'scripts/vite'],
}))
// The guide is made of the documents, and of the files that these lead to.
apps.find(({ name }) => name === 'guide').sources.push(...documents)
const isAsked = process.argv.includes('--force')

if (isAsked || !apps.every(isFresh)) await buildAlone()

function isFresh({ built, sources }) {
  return readIfThere(join(built, '.built-from')) === wantedStamp(sources)
}

function wantedStamp(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesUnder).sort()) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  try {
    return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.includes('.test.'))
      .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}

/** One at a time: whoever comes second finds it built. */
async function buildAlone() {
  takeTurn(building)
  for (const app of apps) if (isAsked || !isFresh(app)) await build(app)
}

/** Beside the old one, which is replaced when the new one is whole. */
async function build({ name, built, sources }) {
  const stamp = wantedStamp(sources)
  const fresh = `${built}.${process.pid}`
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const work = { program: process.execPath, args: [vite, 'build', '--logLevel', 'warn'] }
  const env = { ...process.env, NODE_ENV: 'production', PRILAVOK_APP: name, PRILAVOK_APP_OUT: fresh }
  const done = await runShowing(`Building the ${name}…`, work, { cwd: root, env })
  process.stderr.write(done.output)
  if (done.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    console.error(`The ${name} was not built: mend the above, then run "npm run build".`)
    process.exit(1)
  }
  writeFileSync(join(fresh, '.built-from'), stamp)
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
}
