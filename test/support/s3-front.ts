/** Stands before an S3 server: as strict as a real one, and as faulty as a test wants it. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'

type S3Asked = {
  method: string
  key: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  socket: Socket
}
export type S3Answer = {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  /** So much of the body is sent, and then the line is cut, or silent. */
  breaksOff?: { after: number; with: 'cut' | 'silence' }
}
/** What comes of a request: an answer, a line that is cut, or silence. */
export type S3Meeting = (asked: S3Asked, forward: () => Promise<S3Answer>) => Promise<S3Answer | 'cut' | 'silence'>

export type S3Front = {
  port: number
  /** In the order in which they came. */
  asked: S3Asked[]
  /** Forwards everything, unless a test says otherwise. */
  meet: S3Meeting
  close(): void
}

export async function startS3Front(backend: () => number): Promise<S3Front> {
  const server = createServer(async (asking, answering) => {
    const body = await buffer(asking).catch(() => undefined)
    if (body === undefined) return
    const { pathname, searchParams: query } = new URL(`http://any${asking.url}`)
    const { method = '', headers, socket } = asking
    const asked = { method, key: pathname.split('/').slice(2).join('/'), query, headers, socket }
    front.asked.push(asked)
    const forward = async () => refusalOf(asked, body) ?? (await ask(backend(), asking, body))
    const met = await front.meet(asked, forward).catch(() => 'cut' as const)
    if (met === 'silence') return
    if (met === 'cut') return void asking.socket.destroy()
    answering.writeHead(met.status, met.headers)
    if (met.breaksOff === undefined) return void answering.end(met.body)
    answering.write(met.body.subarray(0, met.breaksOff.after))
    if (met.breaksOff.with === 'cut') asking.socket.destroySoon()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const front: S3Front = {
    port,
    asked: [],
    meet: (_asked, forward) => forward(),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return front
}

export function refuse(status: number, code: string): S3Answer {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`)
  return { status, headers: { 'content-type': 'application/xml', 'content-length': `${body.length}` }, body }
}

/** What a real S3 checks and the server behind does not. */
function refusalOf({ headers, query }: S3Asked, body: Buffer): S3Answer | undefined {
  if (headers.authorization === undefined && !query.has('X-Amz-Signature')) return refuse(403, 'AccessDenied')
  const told = headers['x-amz-content-sha256']
  const hash = createHash('sha256').update(body).digest('hex')
  return told === undefined || told === hash ? undefined : refuse(400, 'XAmzContentSHA256Mismatch')
}

function ask(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<S3Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, async answer => {
      const { statusCode: status = 0, headers: all } = answer
      const { connection: _, 'keep-alive': __, ...told } = all
      await buffer(answer).then(bytes => resolve({ status, headers: told, body: bytes }), reject)
    })
    asking.on('error', reject).end(body)
  })
}
