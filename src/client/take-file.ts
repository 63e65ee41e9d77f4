import { fileMaxBytes, fileNameMaxLength } from '#contract'
import { InvalidInput } from './errors.ts'
import type { FileLike } from './types.ts'

/** A file ready to be sent; a stream is read to its end first. Throws InvalidInput if it is empty, too large or nameless. */
export async function takeFile(like: FileLike, signal?: AbortSignal): Promise<File> {
  const { name } = like
  if (typeof name !== 'string' || name === '' || name.length > fileNameMaxLength) {
    throw new InvalidInput(`the name of a file must have 1 to ${fileNameMaxLength} characters`)
  }
  const file = like instanceof File ? like : await wrap(like, signal)
  if (file.size === 0) throw new InvalidInput('the file is empty')
  if (file.size > fileMaxBytes) throw tooLarge()
  return file
}

async function wrap({ name, data, type }: Exclude<FileLike, File>, signal: AbortSignal | undefined): Promise<File> {
  const kind = type ?? (data instanceof Blob ? data.type : undefined)
  const part = data instanceof ReadableStream ? await collect(data, signal) : copyOf(data)
  return new File([part], name, kind ? { type: kind } : {})
}

/** What a caller does to its bytes while the call is under way is not sent. */
function copyOf(data: Blob | Uint8Array | ArrayBuffer): Blob | Uint8Array<ArrayBuffer> {
  if (data instanceof Blob) return data
  if (data instanceof Uint8Array || data instanceof ArrayBuffer) return new Uint8Array(data)
  throw new InvalidInput('the data of a file must be a Blob, bytes or a stream of bytes')
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
