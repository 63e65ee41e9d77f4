import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type Call, targetOf } from './call.ts'

type Answer = { status: number; headers: Record<string, string>; text: string }

const patienceMs = 30_000
const userAgent = 'prilavok-conformance'

/** One request by hand: no redirect is followed, no header added but host, length and who asks. Rejects if no answer comes. */
export function exchange(baseUrl: string, call: Call, signal: AbortSignal): Promise<Answer> {
  const { protocol, hostname, port, pathname } = new URL(baseUrl)
  const request = protocol === 'https:' ? requestHttps : requestHttp
  const options: RequestOptions = {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: pathname.replace(/\/+$/, '') + targetOf(call),
    method: call.verb,
    headers: { 'user-agent': userAgent, ...lengthOf(call), ...call.headers },
    // Each on a connection of its own: what one check breaks no other meets.
    agent: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  }
  return new Promise((resolve, reject) => {
    const asking = request(options, answering => {
      // Who refuses a body may hang up while it is still being sent.
      asking.off('error', reject).on('error', () => {})
      const chunks: Buffer[] = []
      answering.on('data', (chunk: Buffer) => chunks.push(chunk))
      answering.on('error', reject)
      answering.on('end', () =>
        resolve({
          status: answering.statusCode ?? 0,
          headers: flatten(answering.headers),
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    asking.on('error', reject)
    for (const piece of piecesOf(call)) asking.write(piece)
    asking.end()
  })
}

function lengthOf({ verb, body }: Call): Record<string, string> {
  if (Array.isArray(body)) return { 'transfer-encoding': 'chunked' }
  if (body === undefined) return verb === 'POST' ? { 'content-length': '0' } : {}
  return { 'content-length': `${typeof body === 'string' ? Buffer.byteLength(body) : body.length}` }
}

/** Bytes, never a text: Node would write the headers in the encoding of a text that goes with them. */
function piecesOf({ body }: Call): readonly Uint8Array[] {
  if (body === undefined || body.length === 0) return []
  if (typeof body === 'string') return [Buffer.from(body)]
  return body instanceof Uint8Array ? [body] : body
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
}
