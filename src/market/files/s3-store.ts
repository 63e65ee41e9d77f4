import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { type BusinessId, idFrom } from '#contract'
import { type HashedFile, prepareIncoming, receiveHashed } from '#kit'
import type { FileStore, OpenedFile, StoredFile } from './file-store.ts'
import { checkBucket } from './s3/check-bucket.ts'
import { judgeConditions, type Range } from './s3/conditions.ts'
import { listObjects, listPages, type S3Object } from './s3/listing.ts'
import { isMark, isMarked, removeUnlessSaved } from './s3/removal-mark.ts'
import { type ClientOptions, patienceDefault, S3Client } from './s3/s3-client.ts'
import { S3Error } from './s3/s3-error.ts'
import type { S3Place } from './s3/s3-place.ts'

type StoreOptions = ClientOptions & {
  place: S3Place
  /** Where files lie until they are complete and their hash is known. */
  folder: string
  /** Which market it is: a part of a bucket belongs to one. */
  owner: string
}

const lookEveryMs = 200
const askedEveryMs = 5_000

/** Files in a bucket: `<prefix><business>/<first two of the hash>/<hash>`, as they lie in a folder. */
export class S3Store implements FileStore {
  readonly #place: S3Place
  readonly #folder: string
  readonly #owner: string
  readonly #client: S3Client
  readonly #removalMs: number
  #asked = { at: Number.NEGATIVE_INFINITY, isThere: Promise.resolve(true) }

  constructor({ place, folder, owner, ...options }: StoreOptions) {
    this.#place = place
    this.#removalMs = (options.patience ?? patienceDefault).removalMs
    this.#folder = folder
    this.#owner = owner
    this.#client = new S3Client(place, options)
  }

  async prepare(now: Date): Promise<void> {
    await prepareIncoming(this.#folder, now)
    await checkBucket(this.#client, this.#place, this.#owner)
  }

  save(businessId: bigint, source: AsyncIterable<Buffer>): Promise<HashedFile> {
    return receiveHashed(this.#folder, source, (path, { hash, sizeBytes }) =>
      this.#keep(this.#keyOf(businessId, hash), { path, hash, sizeBytes }),
    )
  }

  async open(file: StoredFile, { method, headers: asked }: IncomingMessage): Promise<OpenedFile> {
    const { fileHash, fileSize: sizeBytes, createdAt } = file
    const etag = `"${fileHash}"`
    const verdict = judgeConditions(asked, { etag, modifiedAt: createdAt, sizeBytes })
    const { status } = verdict
    if (status === 412) return { status }
    if (status === 416) return { status, contentRange: `bytes */${sizeBytes}` }
    const headers = { 'accept-ranges': 'bytes', 'last-modified': createdAt.toUTCString(), etag }
    if (status === 304) return { status, headers, body: Readable.from([]) }
    const { start, end } = status === 206 ? verdict.range : { start: 0, end: sizeBytes - 1 }
    const contentRange = status === 206 && { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }
    const body = method === 'HEAD' ? Readable.from([]) : await this.#read(file, { start, end })
    return { status, headers: { ...headers, ...contentRange, 'content-length': end - start + 1 }, body }
  }

  /** Removes on the way what removals that were cut short have left. */
  async *listOlder(before: Date): AsyncGenerator<{ businessId: BusinessId; hashes: string[] }> {
    for await (const objects of listPages(this.#client, this.#place.prefix)) {
      const old = objects.filter(({ savedAt }) => savedAt < before)
      for (const { key } of old) if (isMark(key)) await this.#client.ask({ method: 'DELETE', key })
      const found = old.flatMap(object => this.#readKey(object) ?? [])
      for (const [businessId, files] of Map.groupBy(found, file => file.businessId))
        yield { businessId: idFrom<BusinessId>(businessId), hashes: files.map(({ hash }) => hash) }
    }
  }

  removeOlder(businessId: BusinessId, hash: string, before: Date): Promise<boolean> {
    return removeUnlessSaved(this.#client, this.#keyOf(businessId, hash), before)
  }

  /** Asks S3 once in five seconds at most, whoever wants to know. */
  isThere(): Promise<boolean> {
    const now = performance.now()
    if (now - this.#asked.at > askedEveryMs) this.#asked = { at: now, isThere: this.#ask() }
    return this.#asked.isThere
  }

  async #ask(): Promise<boolean> {
    const query = { 'list-type': '2', 'max-keys': '1', prefix: this.#place.prefix }
    return this.#client.ask({ method: 'GET', query }, 1).then(
      () => true,
      () => false,
    )
  }

  async #keep(key: string, body: { path: string; hash: string; sizeBytes: number }): Promise<void> {
    const until = performance.now() + this.#removalMs
    for (;;) {
      await this.#client.ask({ method: 'PUT', key, body })
      const stored = await listObjects(this.#client, key)
      const isKept = stored.objects.some(object => object.key === key && object.sizeBytes === body.sizeBytes)
      if (isMarked(stored)) await this.#untilUnmarked(key, until)
      else if (isKept) return
      else if (performance.now() > until) throw new S3Error(`PUT ${key}`, { code: 'it is not there afterwards' })
    }
  }

  async #untilUnmarked(key: string, until: number): Promise<void> {
    while (isMarked(await listObjects(this.#client, key))) {
      if (performance.now() > until) throw new S3Error(`PUT ${key}`, { code: 'it is being removed' })
      await after(lookEveryMs)
    }
  }

  async #read({ businessId, fileHash, fileSize }: StoredFile, { start, end }: Range): Promise<Readable> {
    const key = this.#keyOf(businessId, fileHash)
    const isWhole = start === 0 && end === fileSize - 1
    const headers = isWhole ? {} : { range: `bytes=${start}-${end}` }
    const answer = await this.#client.send({ method: 'GET', key, headers }).catch(error => {
      throw error instanceof S3Error && error.code === 'NoSuchKey'
        ? new Error(`a stored file is gone: ${key}`, { cause: error })
        : error
    })
    if (Number(answer.headers['content-length']) !== end - start + 1) {
      answer.destroy()
      throw new Error(`a stored file has another length: ${key}`)
    }
    const bytes = Readable.from(this.#client.bytesOf(answer), { objectMode: false })
    // Also if its reader has left before the first byte.
    return bytes.once('close', () => answer.destroy())
  }

  #keyOf(businessId: bigint, hash: string): string {
    return `${this.#place.prefix}${businessId}/${hash.slice(0, 2)}/${hash}`
  }

  /** Undefined for what somebody else has put there. */
  #readKey({ key }: S3Object): { businessId: string; hash: string } | undefined {
    const [, businessId = '', start = '', hash = ''] =
      /^(\d+)\/([0-9a-f]{2})\/([0-9a-f]{64})$/.exec(key.slice(this.#place.prefix.length)) ?? []
    return hash !== '' && hash.startsWith(start) ? { businessId, hash } : undefined
  }
}
