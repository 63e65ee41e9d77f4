import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, type HashedFile, hashedPath, listOlder, prepareIncoming, removeOlder, saveHashed } from '#kit'

/** Files named by the hash of their content, in a folder for each cabinet. */
export class FileFolder {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folder, and removes what a process that has ended left half written. */
  prepare(now: Date): Promise<void> {
    return prepareIncoming(this.#root, now)
  }

  /** Keeps all of a stream, or nothing. */
  save(cabinetId: bigint, source: AsyncIterable<Uint8Array>): Promise<HashedFile> {
    return saveHashed(this.#root, cabinetId, source)
  }

  /** Undefined if there is none. */
  async read(cabinetId: bigint, hash: string): Promise<Buffer | undefined> {
    return readFile(this.path(cabinetId, hash)).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      return undefined
    })
  }

  path(cabinetId: bigint, hash: string): string {
    return hashedPath(this.#root, cabinetId, hash)
  }

  /** The hashes of a cabinet's files that were last saved before then, a folder at a time. */
  listOlder(cabinetId: bigint, before: Date): AsyncGenerator<string[]> {
    return listOlder(this.#root, cabinetId, before)
  }

  /** Removes a file that was last saved before then; one whose content is saved at this moment stays. */
  removeOlder(cabinetId: bigint, hash: string, before: Date): Promise<boolean> {
    return removeOlder(this.#root, { owner: cabinetId, hash, before })
  }

  async removeCabinet(cabinetId: bigint): Promise<void> {
    await rm(join(this.#root, `${cabinetId}`), { recursive: true, force: true })
  }
}
