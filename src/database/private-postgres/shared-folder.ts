import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '#kit'
import { type Account, canHave } from './account.ts'

/** Where files go that PostgreSQL's account could not reach where they belong, best first. */
export function ordinarySharedFolders(): string[] {
  return ['/var/lib/prilavok', join(tmpdir(), `prilavok-${process.getuid?.() ?? 0}`)]
}

/** Makes and returns the first of the folders that is ours alone to write and open to the account. */
export function requireSharedFolder(folders: string[], account: Account): string {
  const folder = folders.find(candidate => makeOurs(candidate) && canHave(account, candidate))
  if (folder) return folder
  throw new Problem(
    `PostgreSQL runs as ${account.name} and can use neither of ${folders.join(', ')}: make one writable`,
    { kind: 'noSharedFolder', facts: { account: account.name, folders: folders.join(', ') } },
  )
}

function makeOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o755 })
    chmodSync(folder, 0o755)
    return true
  } catch {
    // It may be there already. After any other error isOurs finds nothing.
    return isOurs(folder)
  }
}

/** In a folder such as /tmp, where everybody may write, somebody else could have made it first. */
export function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}
