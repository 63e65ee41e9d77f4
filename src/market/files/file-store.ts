import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { BusinessId } from '#contract'
import type { HashedFile } from '#kit'
import type { FileFacts } from '../store/messages.ts'

/** A message's file; it never changes after the message was written. */
export type StoredFile = Pick<FileFacts, 'fileHash' | 'fileSize'> & { businessId: bigint; createdAt: Date }
export type OpenedFile =
  | { status: number; headers: Readonly<Record<string, string | number>>; body: Readable }
  /** The conditions of the request are not met. */
  | { status: 412 }
  /** The range lies outside of the file. */
  | { status: 416; contentRange: string }

/**
 * Files named by the hash of their content, for each business its own: in a folder, or in a bucket of S3. Names given by people
 * are never part of a path. Several processes may use one store at a time.
 */
export type FileStore = {
  /** Makes the store ready. Throws a Problem if it cannot be used. */
  prepare(now: Date): Promise<void>
  /** Stores a stream to its end; it is safe when this resolves. If the stream fails, nothing is kept. */
  save(businessId: bigint, source: AsyncIterable<Buffer>): Promise<HashedFile>
  /** The file, or the part of it that a GET or HEAD asks for in its headers (RFC 9110). Throws if the file is not there. */
  open(file: StoredFile, request: IncomingMessage): Promise<OpenedFile>
  /** The files last saved before then, some at a time. */
  listOlder(before: Date): AsyncGenerator<{ businessId: BusinessId; hashes: string[] }>
  /** Removes a file that was last saved before then; one whose content is saved at this moment stays. */
  removeOlder(businessId: BusinessId, hash: string, before: Date): Promise<boolean>
  /** Whether the store answers. */
  isThere(): Promise<boolean>
}
