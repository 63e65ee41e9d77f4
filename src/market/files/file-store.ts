import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BusinessId, idFrom } from '#contract'
import { codeOf } from '#kit'

export type StoredFile = { hash: string; sizeBytes: number; head: Buffer }

const headBytes = 16
const staleTemporaryMs = 60 * 60 * 1000

/**
 * Files named by the hash of their content, in a folder for each business. A file gets its name when it is complete and on disk:
 * written to a temporary name, synced, renamed, the folder synced. Names given by people are never part of a path.
 */
export class FileStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folders, and removes files that a process which has ended left half written. */
  async prepare(now: Date): Promise<void> {
    await mkdir(this.#temporary(), { recursive: true, mode: 0o700 })
    for (const name of await readdir(this.#temporary())) {
      const path = join(this.#temporary(), name)
      const facts = await stat(path).catch(() => undefined)
      if (facts && now.getTime() - facts.mtimeMs > staleTemporaryMs) await rm(path, { force: true })
    }
  }

  /** Stores a stream to its end. If the stream fails, nothing is kept. */
  async save(businessId: bigint, source: AsyncIterable<Buffer>): Promise<StoredFile> {
    const temporary = join(this.#temporary(), randomUUID())
    try {
      const stored = await writeSynced(temporary, source)
      await this.#keep(temporary, businessId, stored.hash)
      return stored
    } finally {
      await rm(temporary, { force: true })
    }
  }

  path(businessId: bigint, hash: string): string {
    return join(this.#folder(businessId, hash), hash)
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
    const aside = join(this.#temporary(), randomUUID())
    const isMine = await rename(path, aside).then(() => true, ignoreMissing)
    if (!isMine) return false
    const isOld = (await savedAt(aside)) < before
    await (isOld ? rm(aside, { force: true }) : rename(aside, path))
    return isOld
  }

  async #keep(temporary: string, businessId: bigint, hash: string): Promise<void> {
    const folder = this.#folder(businessId, hash)
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    await rename(temporary, join(folder, hash))
    await syncFolder(folder)
    if (made !== undefined) {
      await syncFolder(join(folder, '..'))
      await syncFolder(this.#root)
    }
  }

  #temporary(): string {
    return join(this.#root, 'incoming')
  }

  #folder(businessId: bigint, hash: string): string {
    return join(this.#root, String(businessId), hash.slice(0, 2))
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

async function writeSynced(path: string, source: AsyncIterable<Buffer>): Promise<StoredFile> {
  const digest = createHash('sha256')
  let sizeBytes = 0
  let head = Buffer.alloc(0)
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of source) {
      if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes)
      digest.update(chunk)
      sizeBytes += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: digest.digest('hex'), sizeBytes, head: Buffer.from(head) }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
