import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSafe } from 'node:https'
import { codeOf } from '#kit'
import { type Handled, maxAnswerBytes } from './judge.ts'

export type RawHeaders = Record<string, string | string[]>
export type Incoming = { method: string; headers: RawHeaders; body: Buffer }
export type Outgoing = Handled & { headers?: RawHeaders }
type Unreachable = Handled & { kind: 'unreachable' }

/** They belong to one connection; the next one has its own. */
const ofConnection = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
])

/** The headers as they came, but for those of the connection. */
export function passableHeaders({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): RawHeaders {
  const headers: RawHeaders = {}
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2)
    if (ofConnection.has(name.toLowerCase())) continue
    const known = headers[name]
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  return headers
}

/** Passes a notification on as it came. Never rejects; ends at once when the signal says that nobody waits any more. */
export async function forward(to: URL, { method, headers, body }: Incoming, signal: AbortSignal): Promise<Outgoing> {
  const send = to.protocol === 'https:' ? requestSafe : requestPlain
  try {
    // A connection each: one kept from before may have been closed by a program that was started anew.
    const asked = send(to, { method, headers: { ...headers, 'content-length': body.length }, agent: false, signal })
    const answer = await answerTo(asked, body)
    const { statusCode: status = 0 } = answer
    // Node reads any three digits as a status, and writes none below 100.
    if (status < 100) {
      answer.destroy()
      return { kind: 'unreachable', host: to.host, trouble: 'noHttp' }
    }
    const read = await readBody(answer)
    const media = answer.headers['content-type']
    return { kind: 'answered', status, media, body: read, headers: passableHeaders(answer) }
  } catch (error) {
    return signal.aborted ? { kind: 'late' } : { kind: 'unreachable', host: to.host, trouble: troubleOf(error) }
  }
}

function answerTo(asked: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once('response', resolve).once('error', reject)
    asked.once('close', () => reject(new Error('closed')))
    asked.end(body)
  })
}

/** At most one byte more than the market reads: enough to be refused by it as too long. */
async function readBody(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer) {
    parts.push(part)
    size += part.length
    if (size > maxAnswerBytes) break
  }
  return Buffer.concat(parts).subarray(0, maxAnswerBytes + 1)
}

function troubleOf(error: unknown): Unreachable['trouble'] {
  const code = codeOf(error) ?? ''
  return code.startsWith('HPE_') ? 'noHttp' : { code }
}
