import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BusinessId, idFrom } from '#contract'
import { codeOf, type HashedFile, hashedPath, incomingOf, prepareIncoming, saveHashed } from '#kit'

/** Files named by the hash of their content, in a folder for each business. Names given by people are never part of a path. */
export class FileStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folders, and removes files that a process which has ended left half written. */
  prepare(now: Date): Promise<void> {
    return prepareIncoming(this.#root, now)
  }

  /** Stores a stream to its end. If the stream fails, nothing is kept. */
  save(businessId: bigint, source: AsyncIterable<Buffer>): Promise<HashedFile> {
    return saveHashed(this.#root, businessId, source)
  }

  path(businessId: bigint, hash: string): string {
    return hashedPath(this.#root, businessId, hash)
  }

  /** The files last saved before then, a folder at a time. */
  async *listOlder(before: Date): AsyncGenerator<{ businessId: BusinessId; hashes: string[] }> {
    for (const business of await listNamed(this.#root, /^\d+$/)) {
      for (const start of await listNamed(join(this.#root, business), /^[0-9a-f]{2}$/)) {
        const folder = join(this.#root, business, start)
        const hashes: string[] = []
        for (const hash of await listNamed(folder, /^[0-9a-f]{64}$/))
          if ((await savedAt(join(folder, hash))) < before) hashes.push(hash)
        if (hashes.length > 0) yield { businessId: idFrom<BusinessId>(business), hashes }
      }
    }
  }

  /**
   * Removes a file that was last saved before then. The same content may be saved at this moment, which replaces the file: so it
   * is moved away first, its time is read where nobody can replace it, and it is put back if it is new.
   */
  async removeOlder(businessId: BusinessId, hash: string, before: Date): Promise<boolean> {
    const path = this.path(businessId, hash)
    if ((await savedAt(path)) >= before) return false
    const aside = join(incomingOf(this.#root), randomUUID())
    const isMine = await rename(path, aside).then(() => true, ignoreMissing)
    if (!isMine) return false
    const isOld = (await savedAt(aside)) < before
    await (isOld ? rm(aside, { force: true }) : rename(aside, path))
    return isOld
  }
}

/** Entries that we have made; operating systems add their own to folders. */
async function listNamed(folder: string, pattern: RegExp): Promise<string[]> {
  return (await readdir(folder)).filter(name => pattern.test(name))
}

/** 1970 for a file that does not exist: another process may have removed it as old. */
async function savedAt(path: string): Promise<Date> {
  const facts = await stat(path).catch(ignoreMissing)
  return facts?.mtime ?? new Date(0)
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}
