import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Dicer } from '@fastify/busboy'
import { readDisposition } from './disposition.ts'
import type { FileName } from './form-file-name.ts'

/** A file of a form while it comes. Its stream must be read or `resume`d: the form comes no further before. */
type FormFile = { field: string | undefined; name: FileName | undefined; stream: Readable }

type Events = {
  file(file: FormFile): void
  /** The form has been read to its end, and so have its files. */
  end(): void
  /** It is no form, or it ends too early. */
  error(): void
}

export type FormParser = { read(request: IncomingMessage): void; stop(request: IncomingMessage): void }

// What one file needs is far below. What is beyond counts for nothing.
const partsMax = 20
const headersMax = 32
const fileType = 'application/octet-stream'

/**
 * Reads a multipart form part by part. Fields that are no files are passed over. undefined if the type names no boundary.
 * The heads of parts are read here, because what parses forms takes the first of a file's two names.
 */
export function makeFormParser(contentType: string, events: Events): FormParser | undefined {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType)
  if (boundary === null) return undefined
  const parser = new Dicer({ boundary: boundary[1] ?? boundary[2], maxHeaderPairs: headersMax })
  let parts = 0
  parser.on('part', part => {
    part.on('error', () => {}) // whoever reads the part gets it, and the parser tells of it
    parts += 1
    if (parts > partsMax) return void part.resume()
    part.on('header', headers => {
      const file = readHead(headers as Record<string, string[] | undefined>) // each name with its values, as its type does not say
      if (file === undefined) part.resume()
      else events.file({ ...file, stream: part })
    })
  })
  parser.on('error', () => events.error())
  return {
    read: request => {
      request.pipe(parser)
      // After `pipe`, whose own listener stops the request: what comes after the form is read into nothing, and only when
      // the request is there as a whole, its last chunk too, is the form.
      parser.on('finish', () => {
        request.resume()
        if (request.readableEnded) events.end()
        else request.once('end', events.end)
      })
    },
    stop: request => {
      request.unpipe(parser)
      request.resume()
    },
  }
}

/** What the head of a part says, if the part is a file. */
function readHead(headers: Record<string, string[] | undefined>): Omit<FormFile, 'stream'> | undefined {
  const disposition = readDisposition(headers['content-disposition']?.[0] ?? '')
  const type = headers['content-type']?.[0]?.split(';', 1)[0]?.trim().toLowerCase()
  if (disposition === undefined || (disposition.file === undefined && type !== fileType)) return undefined
  return { field: disposition.field, name: disposition.file }
}
