// What the scripts that write tarballs share: a folder to put a package together in, and npm's own packing of it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What a command line says with `--out`; ends the process if it says nothing. */
export function readOut(command) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  return resolve(values.out ?? end(`Say where the tarball goes: ${command} -- --out DIR`))
}

/** A folder for one package, which goes with this process. */
export class Stage {
  #folder = mkdtempSync(join(tmpdir(), 'prilavok-pack-'))

  constructor() {
    process.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }))
  }

  /** Where a file of the package is; the folder itself without a path. */
  at(path = '') {
    return join(this.#folder, 'package', path)
  }

  write(path, text) {
    mkdirSync(dirname(this.at(path)), { recursive: true })
    writeFileSync(this.at(path), text)
  }

  /** npm gives every file the same time, so that the same sources make the same bytes. */
  pack(folder) {
    mkdirSync(folder, { recursive: true })
    const path = process.env.npm_execpath ?? ''
    const npm = basename(path) === 'npm-cli.js' ? [process.execPath, path] : ['npm']
    const [program, ...args] = [...npm, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder]
    const [{ filename, size }] = Object.values(JSON.parse(run(program, args, this.at())))
    console.log(`${join(folder, filename)}  ${(size / 1000).toFixed(1)} KB`)
  }
}

function run(program, args, cwd) {
  const done = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (done.status !== 0)
    end(`${program} ${args[0]} failed:\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`)
  return done.stdout
}

export function end(line) {
  console.error(line)
  process.exit(1)
}
