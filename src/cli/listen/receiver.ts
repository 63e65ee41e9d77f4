import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Type } from 'typebox'
import { decode, type NotificationType, notificationTypes, oneOf, parseJson, serializeJson } from '#contract'
import { Problem } from '#kit'
import { codeOf } from '../terminal/error-code.ts'
import { type Incoming, type Outgoing, passableHeaders } from './forward.ts'

const bodyMostBytes = 1_000_000
const mark = { 'x-prilavok-listen': '1' }

const Told = Type.Object({
  notificationType: oneOf(notificationTypes),
  chatId: Type.Optional(Type.Unsafe<bigint>({ type: 'integer', format: 'int64' })),
  messageId: Type.Optional(Type.String({ maxLength: 20 })),
})

/** A notification that has come, and what became of it. */
export type Event = {
  /** Undefined if it is none that we know. */
  type: NotificationType | undefined
  chatId: bigint | undefined
  messageId: string | undefined
  /** The same for every attempt. */
  webhookId: string | undefined
  outgoing: Outgoing
  durationMs: number
}

type Options = {
  host: string
  port: number
  handle: (incoming: Incoming, signal: AbortSignal) => Promise<Outgoing>
  onEvent: (event: Event) => void
}

export type Receiver = AsyncDisposable & { port: number; path: string }

/** Takes notifications on a path that nobody can guess, has each handled, and gives the answer back. */
export async function openReceiver({ host, port, handle, onEvent }: Options): Promise<Receiver> {
  const path = `/${randomBytes(16).toString('base64url')}`
  const server = createServer((request, response) => {
    if (request.url !== path) response.writeHead(404).end()
    else if (request.method === 'GET') response.writeHead(405, mark).end()
    else void take(request, response)
  })
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const left = new AbortController()
    response.once('close', () => left.abort())
    request.once('error', () => {}) // told by close
    const body = await readAll(request)
    if (body === undefined) return void response.writeHead(413).end()
    const startedAt = performance.now()
    const incoming = { method: request.method ?? 'POST', headers: passableHeaders(request), body }
    const outgoing = await handle(incoming, left.signal)
    answer(response, outgoing)
    const webhookId = [request.headers['webhook-id']].flat()[0]
    onEvent({ ...read(body), webhookId, outgoing, durationMs: performance.now() - startedAt })
  }
  server.listen(port, host)
  await once(server, 'listening').catch(error => refusePort(error, host, port))
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  const { port: taken } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { port: taken, path, [Symbol.asyncDispose]: close }
}

/** Whether a receiver of ours still listens there. */
export async function isListening(url: string): Promise<boolean> {
  try {
    const { headers } = await fetch(url, { signal: AbortSignal.timeout(1000), redirect: 'manual' })
    return headers.has('x-prilavok-listen')
  } catch {
    return false // nobody answers: whoever listened is gone
  }
}

/** Undefined if it is longer than any notification, or was broken off. */
async function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request) {
      size += part.length
      if (size > bodyMostBytes) return undefined
      parts.push(part)
    }
  } catch {
    return undefined // the market hung up
  }
  return Buffer.concat(parts)
}

function answer(response: ServerResponse, outgoing: Outgoing): void {
  switch (outgoing.kind) {
    case 'answered':
      response.writeHead(outgoing.status, { ...outgoing.headers, 'content-length': outgoing.body.length })
      response.end(outgoing.body)
      return
    case 'unreachable':
      response.writeHead(502, { 'content-type': 'application/json' })
      response.end(serializeJson({ error: { type: 'UNKNOWN', message: outgoing.why } }))
      return
    case 'late':
      response.destroy()
  }
}

function read(body: Buffer): Pick<Event, 'type' | 'chatId' | 'messageId'> {
  const parsed = parseJson(body.toString())
  const told = decode(Told, parsed.ok ? parsed.value : undefined)
  if (!told.ok) return { type: undefined, chatId: undefined, messageId: undefined }
  const { notificationType: type, chatId, messageId } = told.value
  return { type, chatId, messageId: messageId !== undefined && /^\d+$/.test(messageId) ? messageId : undefined }
}

function refusePort(error: unknown, host: string, port: number): never {
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    throw new Problem(`Port ${port} on ${host} is taken: give another --port (0 takes a free one).`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    throw new Problem(`This machine has no address ${host}: check --host.`)
  if (code === 'EACCES') throw new Problem(`Port ${port} on ${host} needs more rights: give --port above 1023.`)
  throw error
}
