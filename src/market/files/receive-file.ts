import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { fileMaxBytes, Refusal, refusals, spellSize } from '#contract'
import { checkEncoding } from '../http/body.ts'
import type { FileFacts } from '../store/messages.ts'
import { cleanFileName } from './file-name.ts'
import type { FileStore, StoredFile } from './file-store.ts'
import { pictureType } from './picture-type.ts'

const filePart = 'file'
const fileLimitSpelled = `${fileMaxBytes / 1024} KB`
// Boundaries, part headers and small fields around the file.
const multipartSlackBytes = 64 * 1024
const partLimits = { fileSize: fileMaxBytes, files: 2, fields: 16, fieldSize: 4096, parts: 20, headerPairs: 32 }
const otherType = 'application/octet-stream'

/** Streams the one file of a multipart request into the store. Throws the published refusals. */
export async function receiveFile(files: FileStore, businessId: bigint, request: IncomingMessage): Promise<FileFacts> {
  checkEncoding(request.headers)
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > fileMaxBytes + multipartSlackBytes) throw tooBig(announced)

  const { name, stored, isCut } = await readParts(files, businessId, request)
  if (isCut) throw tooBig(Math.max(announced, stored.sizeBytes + 1))
  if (stored.sizeBytes === 0)
    throw refusals.fits([{ rule: 'length', at: filePart, least: 1, most: fileMaxBytes, isEmpty: true }])
  return {
    fileName: cleanFileName(name),
    fileSize: stored.sizeBytes,
    fileHash: stored.hash,
    fileType: pictureType(stored.head) ?? otherType,
  }
}

type Received = { name: string | undefined; stored: StoredFile; isCut: boolean }

async function readParts(files: FileStore, businessId: bigint, request: IncomingMessage): Promise<Received> {
  const parser = makeParser(request.headers['content-type'] || (await detectType(request)))
  return new Promise((resolve, reject) => {
    let receiving: Promise<Received> | undefined
    let count = 0
    const fail = (error: unknown) => {
      request.unpipe(parser)
      request.resume()
      reject(error)
    }
    parser.on('file', (field: string, stream: BusboyFileStream, name: string) => {
      if (field !== filePart || ++count > 1) {
        stream.resume()
        return
      }
      receiving = files.save(businessId, stream).then(stored => ({ name, stored, isCut: stream.truncated }))
      receiving.catch(fail)
    })
    parser.on('finish', () => {
      if (count > 1) reject(new Refusal('BAD_REQUEST', 'Only one file is allowed in a request'))
      else if (receiving) receiving.then(resolve, reject)
      else reject(refusals.partMissing(filePart))
    })
    parser.on('error', () => fail(unreadable()))
    request.on('error', fail)
    request.on('close', () => request.readableEnded || fail(unreadable()))
    request.pipe(parser)
  })
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

function makeParser(type: string): InstanceType<typeof Busboy> {
  if (!/^multipart\/form-data\b/i.test(type)) throw refusals.contentTypeNotSupported(type)
  try {
    return new Busboy({ headers: { 'content-type': type }, limits: partLimits })
  } catch {
    throw unreadable() // no boundary
  }
}

function unreadable(): Refusal {
  return refusals.unreadable('Unexpected end of content')
}

function tooBig(passed: number): Refusal {
  return refusals.tooBig(fileLimitSpelled, spellSize(passed))
}
