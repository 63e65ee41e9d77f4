import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { fileMaxBytes, formatSize } from '#contract'
import { HttpProblem, problems } from '#serving'

const filePart = 'file'
// Boundaries and part headers around the file.
const slackBytes = 64 * 1024
const limits = { fileSize: fileMaxBytes, files: 1, fields: 8, fieldSize: 4096, parts: 10, headerPairs: 32 }

/** A file that comes with a request. Its bytes end with an error if the request is not what it must be. */
export type ReceivedFile = { name: string; bytes: AsyncIterable<Uint8Array> }

/** Hands the one file of a multipart request over while it comes. What `take` has made is to be used when this resolves. */
export async function receiveFile<T>(request: IncomingMessage, take: (file: ReceivedFile) => Promise<T>): Promise<T> {
  if (Number(request.headers['content-length'] ?? 0) > fileMaxBytes + slackBytes) throw tooBig()
  const parser = makeParser(request.headers['content-type'] ?? '')
  const taken = Promise.withResolvers<T>()
  const whole = Promise.withResolvers<void>()
  let file: BusboyFileStream | undefined
  const fail = (error: unknown) => {
    request.unpipe(parser)
    request.resume()
    file?.destroy(error instanceof Error ? error : unreadable())
    whole.reject(error)
    taken.reject(error)
  }
  whole.promise.catch(() => {}) // told by `taken`
  parser.on('file', (field: string, stream: BusboyFileStream, name?: string) => {
    stream.on('error', () => {}) // told by `fail`
    if (field !== filePart) return fail(noFile())
    file = stream
    stream.on('limit', () => fail(tooBig()))
    take({ name: name ?? 'file', bytes: wholly(stream, whole.promise) }).then(taken.resolve, fail)
  })
  parser.on('filesLimit', () => fail(problems.misfit(filePart, 'must be one file')))
  parser.on('finish', () => {
    whole.resolve()
    if (file === undefined) taken.reject(noFile())
  })
  parser.on('error', () => fail(unreadable()))
  request.on('close', () => request.readableEnded || fail(unreadable()))
  request.pipe(parser)
  return taken.promise
}

/** Ends when the whole form was read: if it is wrong after its file, nothing is kept. */
async function* wholly(stream: BusboyFileStream, whole: Promise<void>): AsyncGenerator<Uint8Array> {
  yield* stream
  await whole
}

function makeParser(type: string): InstanceType<typeof Busboy> {
  if (!/^multipart\/form-data\b/i.test(type)) throw new HttpProblem(415, 'Send the file as multipart/form-data.')
  try {
    return new Busboy({ headers: { 'content-type': type }, limits })
  } catch {
    throw unreadable() // no boundary
  }
}

const tooBig = () => new HttpProblem(422, `A file has ${formatSize(fileMaxBytes)} at the most.`, { why: 'tooLong' })
const noFile = () => problems.misfit(filePart, 'is required')
const unreadable = () => problems.misfit('body', 'cannot be read as a form with a file')
