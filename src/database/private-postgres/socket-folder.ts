import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Problem } from '#kit'
import { type Account, canHave } from './account.ts'
import { superuser } from './cluster.ts'

export const port = 5432
const prefix = 'prilavok-socket-'
// The system takes socket paths of at most 103 (macOS) or 107 bytes; ours end in 39 more than the parent's.
const longestParent = 60

export type SocketFolder = { path: string; remove(): void }

/** A folder that only PostgreSQL's account (and root) can enter: inside it nobody is asked for a password. */
export function makeSocketFolder(account: Account): SocketFolder {
  const parents = [tmpdir(), '/tmp'].filter(parent => Buffer.byteLength(parent) <= longestParent)
  const parent = parents.find(candidate => canHave(account, candidate))
  if (!parent)
    throw new Problem(`PostgreSQL runs as ${account.name}, who cannot use ${tmpdir()}: set TMPDIR`, {
      kind: 'noSocketFolder',
      facts: { account: account.name, folder: tmpdir() },
    })
  const folder = mkdtempSync(join(parent, prefix))
  chownSync(folder, account.uid, account.gid)
  const remove = () => removeFolder(folder)
  process.once('exit', remove)
  return {
    path: folder,
    remove() {
      process.off('exit', remove)
      remove()
    },
  }
}

/** As libpq reads it: a host that begins with a slash, percent-encoded, is the socket's folder. */
export function databaseUrl(folder: string, database: string): string {
  return `postgres://${superuser}@${encodeURIComponent(folder)}:${port}/${database}`
}

/** Removes what a killed process has left; the name comes from a file that may hold anything. */
export function removeLeftSocketFolder(folder: string): void {
  if (basename(folder).startsWith(prefix)) removeFolder(folder)
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
