import { chmodSync, chownSync, cpSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Copies a folder that one account owns, so that the account owns the copy, too. */
export function copyWithOwner(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  const { uid, gid, mode } = statSync(from)
  chmodSync(to, mode)
  if (process.getuid?.() !== 0) return
  chownSync(to, uid, gid)
  for (const path of readdirSync(to, { recursive: true, encoding: 'utf8' })) chownSync(join(to, path), uid, gid)
}
