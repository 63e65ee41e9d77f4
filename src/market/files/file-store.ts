import { type BusinessId, idFrom } from '#contract'
import { type HashedFile, hashedPath, listOlder, listOwners, prepareIncoming, removeOlder, saveHashed } from '#kit'

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
    for (const owner of await listOwners(this.#root))
      for await (const hashes of listOlder(this.#root, owner, before))
        yield { businessId: idFrom<BusinessId>(`${owner}`), hashes }
  }

  /** Removes a file that was last saved before then; one whose content is saved at this moment stays. */
  removeOlder(businessId: BusinessId, hash: string, before: Date): Promise<boolean> {
    return removeOlder(this.#root, { owner: businessId, hash, before })
  }
}
