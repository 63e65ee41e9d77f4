/** A receiver of notifications that answers byte by byte as a test says, over TCP or TLS. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { whenOver } from './run-context.ts'

type Respond = (socket: Socket, request: string) => void
type Options = { host?: string; port?: number; tls?: TlsOptions; respond?: Respond; greet?: (socket: Socket) => void }

export type RawReceiver = {
  url: string
  port: number
  /** All connections that were ever made to it, closed ones too. */
  connections: Socket[]
  /** Whole requests, head and body. */
  requests: string[]
  /** All bytes that came, requests or not. */
  heardBytes(): number
  /** Resolves when that many requests have come. */
  received(count: number): Promise<void>
  respond: Respond
}

/** One that answers 200 as it must, until told otherwise. Closed when the test is over. */
export async function startRawReceiver({
  host = '127.0.0.1',
  port = 0,
  tls,
  respond,
  greet,
}: Options = {}): Promise<RawReceiver> {
  const server = tls ? createTlsServer(tls) : createServer()
  const receiver: RawReceiver = {
    url: '',
    port: 0,
    connections: [],
    requests: [],
    heardBytes: () => receiver.connections.reduce((sum, socket) => sum + socket.bytesRead, 0),
    received: async count => {
      while (receiver.requests.length < count) await once(server, 'received')
    },
    respond: respond ?? (socket => socket.write(spellAnswer())),
  }
  server.on('connection', (socket: Socket) => {
    receiver.connections.push(socket.on('error', () => {}))
    greet?.(socket)
  })
  server.on('tlsClientError', () => {})
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => listenTo(socket, server, receiver))
  server.listen(port, host)
  await once(server, 'listening')
  whenOver(() => {
    for (const socket of receiver.connections) socket.destroy()
    server.close()
  })
  receiver.port = (server.address() as AddressInfo).port // it listens on a port, not on a pipe
  receiver.url = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${receiver.port}/`
  return receiver
}

function listenTo(socket: Socket, server: Server, receiver: RawReceiver): void {
  let text = ''
  socket.on('error', () => {})
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
    const [head = ''] = text.split('\r\n\r\n', 1)
    const whole = head.length + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (head.length === text.length || text.length < whole) return
    const request = text.slice(0, whole)
    text = text.slice(whole)
    receiver.requests.push(request)
    receiver.respond(socket, request)
    server.emit('received')
  })
}

export const goodAnswer = { version: '1.0.0', name: 'Лавка', time: '2025-01-16T10:09:49.759084017Z' }

type Answer = { status?: string; headers?: Record<string, string>; body?: string }

/** An answer in HTTP/1.1 with its length. */
export function spellAnswer({
  status = '200 OK',
  headers = {},
  body = JSON.stringify(goodAnswer),
}: Answer = {}): string {
  const all = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}`, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`
}
