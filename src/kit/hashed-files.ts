import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a stream held; `hash` is the SHA-256 of all of it in hex, `head` its first bytes. */
export type HashedFile = { hash: string; sizeBytes: number; head: Buffer }

const headBytes = 16
const staleMs = 60 * 60 * 1000

/** Where files of a store are until they are complete. */
export function incomingOf(root: string): string {
  return join(root, 'incoming')
}

/** Makes the folder for incoming files, and removes those that a process which has ended left half written. */
export async function prepareIncoming(root: string, now: Date): Promise<void> {
  const incoming = incomingOf(root)
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const facts = await stat(path).catch(() => undefined) // another process may have removed it
    if (facts && now.getTime() - facts.mtimeMs > staleMs) await rm(path, { force: true })
  }
}

/** Where the file of a hash is, in the part of a store that belongs to an owner. */
export function hashedPath(root: string, owner: bigint, hash: string): string {
  return join(root, `${owner}`, hash.slice(0, 2), hash)
}

/**
 * Stores a stream to its end under its hash, or nothing. The file gets its name when it is complete and on disk: written to a
 * temporary name, synced, renamed, the folders synced.
 */
export function saveHashed(root: string, owner: bigint, source: AsyncIterable<Uint8Array>): Promise<HashedFile> {
  return receiveHashed(root, source, (temporary, { hash }) => keep(temporary, root, hashedPath(root, owner, hash)))
}

/** Writes a stream to its end among the incoming files of a store, and gives it to whoever keeps it. Nothing of it stays there. */
export async function receiveHashed(
  root: string,
  source: AsyncIterable<Uint8Array>,
  keepIt: (temporary: string, received: HashedFile) => Promise<void>,
): Promise<HashedFile> {
  const temporary = join(incomingOf(root), randomUUID())
  try {
    const received = await writeSynced(temporary, source)
    await keepIt(temporary, received)
    return received
  } finally {
    await rm(temporary, { force: true })
  }
}

async function keep(temporary: string, root: string, path: string): Promise<void> {
  const folder = join(path, '..')
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(temporary, path)
  await syncFolder(folder)
  if (made !== undefined) {
    await syncFolder(join(folder, '..'))
    await syncFolder(root)
  }
}

async function writeSynced(path: string, source: AsyncIterable<Uint8Array>): Promise<HashedFile> {
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
