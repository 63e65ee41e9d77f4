import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { fileMaxBytes, formatSize, Refusal, refusals } from '#contract'
import { checkEncoding, makeFormParser } from '#serving'
import type { FileFacts } from '../store/messages.ts'
import { cleanFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import { pictureType } from './picture-type.ts'

const filePart = 'file'
const fileLimitText = `${fileMaxBytes / 1024} KB`
// Boundaries, part headers and small fields around the file.
const multipartSlackBytes = 64 * 1024
const otherType = 'application/octet-stream'

/** Streams the one file of a multipart request into the store. Throws the published refusals; then nothing is kept. */
export async function receiveFile(files: FileStore, businessId: bigint, request: IncomingMessage): Promise<FileFacts> {
  checkEncoding(request.headers)
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > fileMaxBytes + multipartSlackBytes) throw tooBig(announced)

  const type = request.headers['content-type'] || (await detectType(request))
  if (!/^multipart\/form-data\b/i.test(type)) throw refusals.contentTypeNotSupported(type)
  const form = readForm(request, type)
  try {
    const { name, stream } = await form.file
    const stored = await files.save(businessId, bytesOf(stream, form.whole, announced))
    return {
      fileName: cleanFileName(name),
      fileSize: stored.sizeBytes,
      fileHash: stored.hash,
      fileType: pictureType(stored.head) ?? otherType,
    }
  } catch (error) {
    form.abandon(error)
    throw error
  }
}

type NamedFile = { name: string | undefined; stream: Readable }
type Form = {
  file: Promise<NamedFile>
  /** Settles when the form is read to its end: rejects if it is not what it must be. */
  whole: Promise<void>
  /** Reads the rest of the request into nothing, so that its connection can be used again. */
  abandon(error: unknown): void
}

function readForm(request: IncomingMessage, type: string): Form {
  const file = Promise.withResolvers<NamedFile>()
  const whole = Promise.withResolvers<void>()
  whole.promise.catch(() => {}) // the file's stream fails too
  let first: Readable | undefined
  const parser = makeFormParser(type, {
    file: found => {
      if (found.field === filePart && first === undefined) {
        first = found.stream
        if (found.name === 'unreadable') abandon(refusals.unreadable('The name of the file is not UTF-8'))
        else file.resolve({ name: found.name?.name, stream: found.stream })
        return
      }
      found.stream.resume()
      if (found.field === filePart) abandon(refusals.oneFileAllowed())
    },
    end: () => {
      file.reject(refusals.partMissing(filePart))
      whole.resolve()
    },
    error: () => abandon(unreadable()),
  })
  if (parser === undefined) throw unreadable() // no boundary
  const abandon = (error: unknown) => {
    parser.stop(request)
    file.reject(error)
    whole.reject(error)
    first?.destroy(error instanceof Error ? error : unreadable())
  }
  request.on('error', abandon)
  request.on('close', () => request.readableEnded || abandon(unreadable()))
  if (request.destroyed && !request.readableEnded) abandon(unreadable())
  parser.read(request)
  return { file: file.promise, whole: whole.promise, abandon }
}

/** The content of the file. Ends when the whole form has been read: if the form is wrong after its file, no file is kept. */
async function* bytesOf(stream: Readable, whole: Promise<void>, announced: number): AsyncGenerator<Buffer> {
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > fileMaxBytes) throw tooBig(Math.max(announced, size))
      yield chunk
    }
  } catch (error) {
    // The parser breaks the stream with an error of its own, sometimes before we have refused the form.
    throw error instanceof Refusal ? error : unreadable()
  }
  if (size === 0) throw refusals.fits([{ rule: 'length', at: filePart, min: 1, max: fileMaxBytes, isEmpty: true }])
  await whole
}

/** A multipart body that does not say what it is begins with its boundary. */
async function detectType(request: IncomingMessage): Promise<string> {
  if (!request.readable) throw refusals.partMissing(filePart)
  await Promise.race([once(request, 'readable'), once(request, 'end')])
  const start: Buffer | null = request.read()
  if (start === null) throw refusals.partMissing(filePart)
  request.unshift(start)
  const boundary = /^--([^\r\n"]{1,70})\r\n/.exec(start.subarray(0, 100).toString('latin1'))?.[1]
  if (boundary === undefined) throw refusals.partMissing(filePart)
  return `multipart/form-data; boundary="${boundary}"`
}

function unreadable(): Refusal {
  return refusals.unreadable('Unexpected end of content')
}

function tooBig(passed: number): Refusal {
  return refusals.tooBig(fileLimitText, formatSize(passed))
}
