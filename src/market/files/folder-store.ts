import type { IncomingMessage } from 'node:http'
import { dirname } from 'node:path'
import send from '@fastify/send'
import { type BusinessId, idFrom } from '#contract'
import { type HashedFile, hashedPath, listOlder, listOwners, prepareIncoming, removeOlder, saveHashed } from '#kit'
import type { FileStore, OpenedFile, StoredFile } from './file-store.ts'

/** Files in a folder for each business. */
export class FolderStore implements FileStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Makes the folders, and removes files that a process which has ended left half written. */
  prepare(now: Date): Promise<void> {
    return prepareIncoming(this.#root, now)
  }

  save(businessId: bigint, source: AsyncIterable<Buffer>): Promise<HashedFile> {
    return saveHashed(this.#root, businessId, source)
  }

  path(businessId: bigint, hash: string): string {
    return hashedPath(this.#root, businessId, hash)
  }

  async open({ businessId, fileHash }: StoredFile, request: IncomingMessage): Promise<OpenedFile> {
    const root = dirname(this.path(businessId, fileHash))
    const options = { root, index: false, contentType: false, cacheControl: false } as const
    const sent = await send(request, `/${fileHash}`, options)
    if (sent.type === 'file') return { status: sent.statusCode, headers: sent.headers, body: sent.stream }
    if (sent.statusCode === 412) return { status: 412 }
    if (sent.statusCode === 416) return { status: 416, contentRange: `${sent.headers['Content-Range']}` }
    throw new Error(`a stored file cannot be sent: ${fileHash}, ${sent.statusCode}`)
  }

  async *listOlder(before: Date): AsyncGenerator<{ businessId: BusinessId; hashes: string[] }> {
    for (const owner of await listOwners(this.#root))
      for await (const hashes of listOlder(this.#root, owner, before))
        yield { businessId: idFrom<BusinessId>(`${owner}`), hashes }
  }

  removeOlder(businessId: BusinessId, hash: string, before: Date): Promise<boolean> {
    return removeOlder(this.#root, { owner: businessId, hash, before })
  }

  async isThere(): Promise<boolean> {
    return true // a disk that is full or gone is told by the request that needs it
  }
}
