import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './error-code.ts'
import { hashedPath, incomingOf } from './hashed-files.ts'

/** The owners that have a part of a store. */
export async function listOwners(root: string): Promise<bigint[]> {
  return (await listNamed(root, /^\d+$/)).map(BigInt)
}

/** The hashes of an owner's files that were last saved before then, a folder at a time. */
export async function* listOlder(root: string, owner: bigint, before: Date): AsyncGenerator<string[]> {
  for (const start of await listNamed(join(root, `${owner}`), /^[0-9a-f]{2}$/)) {
    const folder = join(root, `${owner}`, start)
    const hashes: string[] = []
    for (const hash of await listNamed(folder, /^[0-9a-f]{64}$/))
      if ((await savedAt(join(folder, hash))) < before) hashes.push(hash)
    if (hashes.length > 0) yield hashes
  }
}

type OldFile = { owner: bigint; hash: string; before: Date }

/**
 * Removes a file that was last saved before then. The same content may be saved at this moment, which replaces the file: so it
 * is moved away first, its time is read where nobody can replace it, and it is put back if it is new.
 */
export async function removeOlder(root: string, { owner, hash, before }: OldFile): Promise<boolean> {
  const path = hashedPath(root, owner, hash)
  if ((await savedAt(path)) >= before) return false
  const aside = join(incomingOf(root), randomUUID())
  const isMine = await rename(path, aside).then(() => true, ignoreMissing)
  if (!isMine) return false
  const isOld = (await savedAt(aside)) < before
  await (isOld ? rm(aside, { force: true }) : rename(aside, path))
  return isOld
}

/** Entries that we have made; operating systems add their own to folders. A folder that is gone has none. */
async function listNamed(folder: string, pattern: RegExp): Promise<string[]> {
  return ((await readdir(folder).catch(ignoreMissing)) ?? []).filter(name => pattern.test(name))
}

/** 1970 for a file that does not exist: another process may have removed it as old. */
async function savedAt(path: string): Promise<Date> {
  const facts = await stat(path).catch(ignoreMissing)
  return facts?.mtime ?? new Date(0)
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}
