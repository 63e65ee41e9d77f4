import { fileMaxBytes, fileNameMaxLength } from '#contract'
import { InvalidInput } from './errors.ts'
import type { FileLike } from './types.ts'

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
  const file = new File([await read(data, signal)], name, kind ? { type: kind } : {})
  if (file.size === 0) throw new InvalidInput('the file is empty')
  if (file.size > fileMaxBytes) throw tooLarge()
  return file
}

type Part = Blob | Uint8Array<ArrayBuffer>

function read(data: Exclude<FileLike, File>['data'], signal: AbortSignal | undefined): Part | Promise<Part> {
  if (data instanceof ReadableStream) return collect(data, signal)
  if (data instanceof Blob) return readBlob(data)
  // What a caller does to its bytes while the call is under way is not sent.
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

/** No more is read of a stream than may be sent; then, and when aborted, it is cancelled. */
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
