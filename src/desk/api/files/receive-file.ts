import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { fileMaxBytes, formatSize } from '#contract'
import { HttpProblem, makeFormParser, problems } from '#serving'

const filePart = 'file'
// Boundaries and part headers around the file.
const slackBytes = 64 * 1024

/** A file that comes with a request. Its bytes end with an error if the request is not what it must be. */
export type ReceivedFile = { name: string; bytes: AsyncIterable<Uint8Array> }

/** Hands the one file of a multipart request over while it comes. What `take` has made is to be used when this resolves. */
export async function receiveFile<T>(request: IncomingMessage, take: (file: ReceivedFile) => Promise<T>): Promise<T> {
  if (Number(request.headers['content-length'] ?? 0) > fileMaxBytes + slackBytes) throw tooBig()
  const type = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) throw new HttpProblem(415, 'Send the file as multipart/form-data.')
  const taken = Promise.withResolvers<T>()
  const whole = Promise.withResolvers<void>()
  whole.promise.catch(() => {}) // told by `taken`
  let stream: Readable | undefined
  const parser = makeFormParser(type, {
    file: file => {
      if (file.field !== filePart) return fail(noFile())
      if (stream !== undefined) return fail(problems.misfit(filePart, 'must be one file'))
      stream = file.stream
      if (file.name === 'unreadable') return fail(problems.misfit(filePart, 'has a name that is not UTF-8'))
      take({ name: file.name?.name ?? 'file', bytes: wholly(stream, whole.promise) }).then(taken.resolve, fail)
    },
    end: () => {
      whole.resolve()
      if (stream === undefined) taken.reject(noFile())
    },
    error: () => fail(unreadable()),
  })
  if (parser === undefined) throw unreadable() // no boundary
  const fail = (error: unknown) => {
    parser.stop(request)
    stream?.destroy(error instanceof Error ? error : unreadable())
    whole.reject(error)
    taken.reject(error)
  }
  request.on('close', () => request.readableEnded || fail(unreadable()))
  parser.read(request)
  return taken.promise
}

/** Ends when the whole form was read: if it is wrong after its file, nothing is kept. */
async function* wholly(stream: Readable, whole: Promise<void>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > fileMaxBytes) throw tooBig()
    yield chunk
  }
  await whole
}

const tooBig = () => new HttpProblem(422, `A file has ${formatSize(fileMaxBytes)} at the most.`, { why: 'tooLong' })
const noFile = () => problems.misfit(filePart, 'is required')
const unreadable = () => problems.misfit('body', 'cannot be read as a form with a file')
