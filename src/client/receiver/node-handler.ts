import { Refused, refusal } from './answers.ts'
import { bytesOf, collect } from './body.ts'
import type { From, Receive } from './receiver-options.ts'

type Parts = AsyncIterable<Uint8Array | string>
type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** The part of node:http's IncomingMessage, or of Express' request, that is used. */
export type NodeRequestLike = Parts & {
  method?: string | undefined
  headers: NodeHeaders
  socket?: { remoteAddress?: string | undefined } | null
  /** Whether the body was read before, in part or in whole. */
  readableDidRead?: boolean
  iterator?(options: { destroyOnReturn: boolean }): Parts
  resume?(): unknown
  /** As an earlier parser left it: text, bytes, or parsed. */
  body?: unknown
  /** The body as it was received, if it was kept. */
  rawBody?: unknown
}

/** The part of node:http's ServerResponse that is used. */
export type NodeResponseLike = {
  /** Whether an answer was sent before. */
  headersSent?: boolean
  writeHead(status: number, headers: Record<string, string>): unknown
  end(text: string): unknown
}

type Handler = (request: NodeRequestLike, response: NodeResponseLike) => Promise<void>

/**
 * For `http.createServer(…)` and for Express: `app.post('/notification', toNodeHandler(receive))`. Never rejects.
 * The sender's address is the socket's; what Express reads from headers is not used.
 *
 * With `verify.secrets` the body must not have been parsed: put this before `express.json()`, or keep the bytes:
 * `express.json({ verify: (request, _response, bytes) => { request.rawBody = bytes } })`.
 */
export function toNodeHandler(receive: Receive): Handler {
  return async (request, response) => {
    const answer = await take(receive, request)
    const text = await answer.text()
    // An earlier handler has answered, because of its own timeout, while the body was received.
    if (response.headersSent) return
    const length = { 'content-length': `${bytesOf(text).length}` }
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...length })
    response.end(text)
    request.resume?.()
  }
}

async function take(receive: Receive, request: NodeRequestLike): Promise<Response> {
  try {
    const body = request.method === 'POST' ? await bodyOf(request) : undefined
    return await receive(requestOf(request, body), fromOf(request, body))
  } catch (error) {
    // Mostly the sender has closed the connection, and nobody reads this.
    return refusal(error instanceof Refused ? error : new Refused('failed', 'The request could not be read'))
  }
}

/** The body as it was received, or as an earlier parser left it. */
async function bodyOf(request: NodeRequestLike): Promise<unknown> {
  if (isRaw(request.rawBody)) return request.rawBody
  // Express 4 leaves {} where its parser has not read anything.
  const isRead = request.readableDidRead ?? request.body !== undefined
  if (isRead && request.body === undefined)
    throw new Refused('failed', 'The body was read by somebody before the receiver, who kept nothing of it')
  if (isRead) return request.body
  return collect(request.iterator?.({ destroyOnReturn: false }) ?? request)
}

type Asked = Pick<NodeRequestLike, 'method' | 'headers' | 'socket'>

/** As fetch's Request, which allows no TRACE and no CONNECT: every method but POST becomes GET, and is refused alike. */
export function requestOf({ method, headers }: Asked, body: unknown): Request {
  const isPost = method === 'POST'
  return new Request('http://localhost/', {
    method: isPost ? 'POST' : 'GET',
    headers: headersOf(headers),
    ...(isPost && isRaw(body) && { body: bytesOf(body) as Uint8Array<ArrayBuffer> }), // its buffer is not shared between threads
  })
}

export function fromOf({ socket }: Asked, body: unknown): From {
  return { address: socket?.remoteAddress, ...(body !== undefined && !isRaw(body) && { parsedBody: body }) }
}

export function isRaw(body: unknown): body is Uint8Array | string {
  return typeof body === 'string' || body instanceof Uint8Array
}

function headersOf(from: NodeHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(from)) {
    // HTTP/2 has names that begin with a colon; fetch does not accept them.
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, typeof value === 'string' ? value : value.join(', '))
  }
  return headers
}
