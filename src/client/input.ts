/** Checks arguments before anything is sent: ids, limits, texts, keys of sends, files. Each function throws InvalidInput. */
import { fileMaxBytes, fileNameMaxLength, idempotencyKeyMaxLength, parseInt64, textMaxLength } from '#contract'
import { InvalidInput } from './errors.ts'
import type { FileLike, IdLike } from './types.ts'

/** An id as a bigint; throws InvalidInput, naming it, for what can be no id. */
export function takeId(id: IdLike, name: string): bigint {
  const taken = readId(id)
  if (taken === undefined || taken < 1n) {
    throw new InvalidInput(`${name} must be an id: a bigint, a safe whole number or its digits, from 1 to 2^63-1`)
  }
  return taken
}

/** The id, or undefined if it cannot be one. */
export function readId(id: unknown): bigint | undefined {
  if (typeof id === 'number') return Number.isSafeInteger(id) ? BigInt(id) : undefined
  return typeof id === 'bigint' || typeof id === 'string' ? parseInt64(`${id}`) : undefined
}

/** The size of a page; the largest there is, if none is asked for. Throws InvalidInput. */
export function takeLimit(limit: number | undefined, max: number): number {
  if (limit === undefined) return max
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= max) return limit
  throw new InvalidInput(`limit must be a whole number from 1 to ${max}`)
}

/** The values of a filter. The market refuses one without values: throws InvalidInput. */
export function someOf<Item>(items: readonly Item[], name: string): readonly Item[] {
  if (items.length > 0) return items
  throw new InvalidInput(`${name} must have at least one value; leave it out for all`)
}

/** A message's text as the market keeps it: without the white space at its ends. Throws InvalidInput; never repeats it. */
export function takeText(text: string): string {
  if (typeof text !== 'string') throw new InvalidInput('text must be a string')
  const trimmed = text.trim()
  if (trimmed.length >= 1 && trimmed.length <= textMaxLength) return trimmed
  throw new InvalidInput(
    `text must have 1 to ${textMaxLength} UTF-16 units between its white space at both ends, not ${trimmed.length}`,
  )
}

/** The caller's key, or a new one. Throws InvalidInput if it cannot stand in a header. */
export function takeIdempotencyKey(key: string | undefined): string {
  if (key === undefined) return makeKey()
  if (key.length <= idempotencyKeyMaxLength && /^[\x21-\x7e]+$/.test(key)) return key
  throw new InvalidInput(`idempotencyKey must be 1 to ${idempotencyKeyMaxLength} visible ASCII characters`)
}

// Not randomUUID: browsers have it only on secure pages.
function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * A file ready to be sent, all of it in memory: a stream can be read once, and what a Blob stands for can change or vanish
 * while it is sent. Throws InvalidInput if it is empty, too large, nameless or cannot be read.
 */
export async function takeFile(like: FileLike, signal?: AbortSignal): Promise<File> {
  const { name } = like
  if (typeof name !== 'string' || name === '' || name.length > fileNameMaxLength) {
    throw new InvalidInput(`the name of a file must have 1 to ${fileNameMaxLength} characters`)
  }
  const { data, type } = like instanceof File ? { data: like, type: like.type } : like
  const kind = type ?? (data instanceof Blob ? data.type : undefined)
  const file = new File([await readData(data, signal)], name, kind ? { type: kind } : {})
  if (file.size === 0) throw new InvalidInput('the file is empty')
  if (file.size > fileMaxBytes) throw tooLarge()
  return file
}

type FileSource = Exclude<FileLike, File>['data']
type FilePart = Blob | Uint8Array<ArrayBuffer>

function readData(data: FileSource, signal: AbortSignal | undefined): FilePart | Promise<FilePart> {
  if (data instanceof ReadableStream) return collect(data, signal)
  if (data instanceof Blob) return readBlob(data)
  // A copy: the caller may change its bytes while the call is under way.
  if (data instanceof Uint8Array || data instanceof ArrayBuffer) return new Uint8Array(data)
  throw new InvalidInput('the data of a file must be a Blob, bytes or a stream of bytes')
}

async function readBlob(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (blob.size > fileMaxBytes) throw tooLarge()
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch (error) {
    throw new InvalidInput('the file cannot be read: it has changed, or is no longer there', { cause: error })
  }
}

/** Reads a stream up to the largest size of a file. A stream that is too long, or is aborted, is cancelled. */
async function collect(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): Promise<Blob> {
  const reader = stream.getReader()
  const cancel = () => void reader.cancel(signal?.reason).catch(() => {}) // nobody waits for it any more
  signal?.addEventListener('abort', cancel, { once: true })
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let sizeBytes = 0
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      signal?.throwIfAborted()
      if (done) return new Blob(chunks)
      if (!(value instanceof Uint8Array)) throw new InvalidInput('the stream of a file must give bytes (Uint8Array)')
      sizeBytes += value.byteLength
      if (sizeBytes > fileMaxBytes) throw tooLarge()
      chunks.push(new Uint8Array(value))
    }
  } catch (error) {
    cancel()
    throw error
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

function tooLarge(): InvalidInput {
  return new InvalidInput(`the file is larger than ${fileMaxBytes} bytes (5 MB)`)
}
