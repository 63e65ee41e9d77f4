import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '#kit'

export type KeptFile = { hash: string; sizeBytes: number; head: Buffer }

const headBytes = 16
const staleMs = 60 * 60 * 1000

/** Files named by the hash of their content, in a folder for each cabinet. A file gets its name when all of it is on the disk. */
export class FileFolder {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folder, and removes what a process that has ended left half written. */
  async prepare(now: Date): Promise<void> {
    await mkdir(this.#incoming(), { recursive: true, mode: 0o700 })
    for (const name of await readdir(this.#incoming())) {
      const path = join(this.#incoming(), name)
      const facts = await stat(path).catch(() => undefined) // another process may have removed it
      if (facts && now.getTime() - facts.mtimeMs > staleMs) await rm(path, { force: true })
    }
  }

  /** Keeps all of a stream, or nothing. */
  async save(cabinetId: bigint, source: AsyncIterable<Uint8Array>): Promise<KeptFile> {
    const incoming = join(this.#incoming(), randomUUID())
    try {
      const kept = await write(incoming, source)
      const path = this.path(cabinetId, kept.hash)
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
      await rename(incoming, path)
      await syncFolder(join(path, '..'))
      return kept
    } finally {
      await rm(incoming, { force: true })
    }
  }

  /** Undefined if there is none. */
  async read(cabinetId: bigint, hash: string): Promise<Buffer | undefined> {
    return readFile(this.path(cabinetId, hash)).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      return undefined
    })
  }

  path(cabinetId: bigint, hash: string): string {
    return join(this.#root, `${cabinetId}`, hash.slice(0, 2), hash)
  }

  async removeCabinet(cabinetId: bigint): Promise<void> {
    await rm(join(this.#root, `${cabinetId}`), { recursive: true, force: true })
  }

  #incoming(): string {
    return join(this.#root, 'incoming')
  }
}

async function write(path: string, source: AsyncIterable<Uint8Array>): Promise<KeptFile> {
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
