import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export type StoredFile = { hash: string; sizeBytes: number; head: Buffer }

const headBytes = 16
const staleTemporaryMs = 60 * 60 * 1000

/**
 * Files by the hash of what is in them, a folder for each business. A file has its name only once it is whole and on disk:
 * written beside, synced, renamed, the folder synced. Names given by people are never part of a path.
 */
export class FileStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folders and removes what a process that died left half written. */
  async prepare(): Promise<void> {
    await mkdir(this.#temporary(), { recursive: true, mode: 0o700 })
    for (const name of await readdir(this.#temporary())) {
      const path = join(this.#temporary(), name)
      const facts = await stat(path).catch(() => undefined)
      if (facts && Date.now() - facts.mtimeMs > staleTemporaryMs) await rm(path, { force: true })
    }
  }

  /** Stores a stream to its end. If the stream fails, nothing stays. */
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
