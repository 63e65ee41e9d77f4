import type { IncomingMessage } from 'node:http'
import { bodyMaxBytes } from '#contract'
import { endedTooEarly, MisfitError } from './misfit.ts'

const jsonTypes = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i

// Leaves out a byte order mark: programs on Windows send one.
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Refuses a body whose headers name another type than JSON, or a compression. A body without a type is read as JSON. */
export function checkJsonHeaders(headers: IncomingMessage['headers']): void {
  const type = headers['content-type']
  if (type !== undefined && type !== '' && !jsonTypes.test(type)) throw unsupported('content type', type)
  checkEncoding(headers)
}

export function checkEncoding(headers: IncomingMessage['headers']): void {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') throw unsupported('content encoding', encoding)
}

/** A body as text, of up to 512 KB if its operation names no other bound. A larger one is refused by its content-length, or as soon as it has passed the bound. */
export function readText(stream: IncomingMessage, maxBytes = bodyMaxBytes): Promise<string> {
  const announced = Number(stream.headers['content-length'] ?? 0)
  if (announced > maxBytes) return Promise.reject(tooBig(announced, maxBytes))
  if (stream.destroyed && !stream.readableEnded) {
    return Promise.reject(new MisfitError(endedTooEarly)) // the caller has left already
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else reject(tooBig(size, maxBytes))
    })
    stream.on('end', () => {
      try {
        resolve(utf8.decode(Buffer.concat(chunks)))
      } catch {
        reject(new MisfitError({ where: 'body', why: 'unreadable', sentence: 'JSON: the body is not UTF-8' }))
      }
    })
    stream.on('error', reject)
  })
}

function unsupported(why: 'content type' | 'content encoding', text: string) {
  return new MisfitError({ where: 'headers', why, text })
}

function tooBig(passedBytes: number, maxBytes: number) {
  return new MisfitError({ where: 'body', why: 'too big', maxBytes, passedBytes })
}
