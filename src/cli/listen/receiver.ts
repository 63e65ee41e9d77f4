import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { decode, type NotificationType, notificationTypes, oneOf, parseJson, serializeJson, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import { type Texts, textsOf } from '../texts/index.ts'
import { type Incoming, type Outgoing, passableHeaders } from './forward.ts'
import { describeTrouble } from './judge.ts'

const maxBodyBytes = 1_000_000
const mark = { 'x-prilavok-listen': '1' }
/** What the market is told does not change with the reader's language. */
const { answer: wireWords } = textsOf('en')

const Told = Type.Object({
  notificationType: oneOf(notificationTypes),
  chatId: Type.Optional(Type.Unsafe<bigint>({ type: 'integer', format: 'int64' })),
  messageId: Type.Optional(Type.String({ maxLength: 20 })),
})

/** A notification that has come once, and what became of it. */
export type ReceivedAttempt = {
  /** Undefined if it is none that we know. */
  type: NotificationType | undefined
  chatId: bigint | undefined
  messageId: string | undefined
  /** The same for every attempt. */
  webhookId: string | undefined
  outgoing: Outgoing
  durationMs: number
}

type ReceiverOptions = {
  host: string
  port: number
  handle: (incoming: Incoming, signal: AbortSignal) => Promise<Outgoing>
  onAttempt: (attempt: ReceivedAttempt) => void
  texts: Texts
}

export type Receiver = AsyncDisposable & { port: number; path: string }

/** Takes notifications on a path that nobody can guess, has each handled, and gives the answer back. */
export async function openReceiver({ host, port, handle, onAttempt, texts }: ReceiverOptions): Promise<Receiver> {
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
    onAttempt({ ...read(body), webhookId, outgoing, durationMs: performance.now() - startedAt })
  }
  server.listen(port, host)
  await once(server, 'listening').catch(error => refusePort(error, { host, port, texts }))
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  return { port: portOf(server), path, [Symbol.asyncDispose]: close }
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
      if (size > maxBodyBytes) return undefined
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
      response.end(serializeJson({ error: { type: 'UNKNOWN', message: describeTrouble(outgoing, wireWords) } }))
      return
    case 'late':
      response.destroy()
  }
}

function read(body: Buffer): Pick<ReceivedAttempt, 'type' | 'chatId' | 'messageId'> {
  const parsed = parseJson(body.toString())
  const told = decode(Told, parsed.ok ? parsed.value : undefined)
  if (!told.ok) return { type: undefined, chatId: undefined, messageId: undefined }
  const { notificationType: type, chatId, messageId } = told.value
  return { type, chatId, messageId: messageId !== undefined && /^\d+$/.test(messageId) ? messageId : undefined }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0 // a pipe has none, and it is no pipe
}

function refusePort(
  error: unknown,
  { host, port, texts: { listen } }: Pick<ReceiverOptions, 'host' | 'port' | 'texts'>,
): never {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') throw new Problem(listen.portTaken(host, port))
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new Problem(listen.noAddress(host))
  if (code === 'EACCES') throw new Problem(listen.portForbidden(host, port))
  throw error
}
