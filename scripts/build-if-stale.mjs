// Builds the console when it does not match its sources; otherwise does nothing, quickly.
// Plain JavaScript, as it also runs on whatever Node the machine has.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readIfThere, takeTurn } from './in-turn.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'dist', 'console')
const stampFile = join(built, '.built-from')
const building = join(root, 'dist', 'building')
const sources = ['src/web', 'src/contract', 'vite.config.ts', 'package-lock.json', 'scripts/build-if-stale.mjs']
const isAsked = process.argv.includes('--force')

if (isAsked || !isFresh()) buildAlone()

function isFresh() {
  return readIfThere(stampFile) === wantedStamp()
}

function wantedStamp() {
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
function buildAlone() {
  takeTurn(building)
  if (isAsked || !isFresh()) build()
}

/** Beside the old one, which is replaced when the new one is whole. */
function build() {
  if (!isAsked) console.error('Building the console…')
  const stamp = wantedStamp()
  const fresh = `${built}.${process.pid}`
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const done = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', PRILAVOK_CONSOLE_OUT: fresh },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (done.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    console.error('The console was not built: mend the above, then run "npm run build".')
    process.exit(1)
  }
  writeFileSync(join(fresh, '.built-from'), stamp)
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
}
