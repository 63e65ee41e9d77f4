import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
  type Server,
  type ServerResponse,
} from 'node:http'
import { request as safeRequest } from 'node:https'
import { pipeline } from 'node:stream'
import { headers as wire } from '#contract'
import { type Clock, codeOf } from '#kit'
import { BodyCopy, isJson } from './copy-body.ts'
import { findOperation, isOfChats } from './find-operation.ts'
import type { Mask } from './mask.ts'
import type { Body, Exchange } from './recording.ts'

type ProxyOptions = {
  /** Every request goes there and nowhere else. */
  target: URL
  mask: Mask
  clock: Clock
  onExchange: (exchange: Exchange) => void
  silenceMs?: number
}

const silenceMsDefault = 60_000
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
])
/** Of the answer's headers only these are kept. */
const kept: string[] = ['content-type', 'retry-after', wire.limit, wire.remaining, wire.until]

/** A server that passes each request on as it comes and the answer back, and tells what it was, masked. */
export function makeProxy(options: ProxyOptions): Server {
  const startedAt = options.clock.now().getTime()
  return createServer((request, response) => {
    // An absolute address would name another target.
    if (!request.url?.startsWith('/')) return void response.writeHead(400).end()
    pass(request, response, { ...options, startedAt })
  })
}

function pass(request: IncomingMessage, response: ServerResponse, options: ProxyOptions & { startedAt: number }): void {
  const { target, mask, clock, onExchange, startedAt, silenceMs = silenceMsDefault } = options
  const { method = 'GET', url = '/' } = request
  const operation = findOperation(method, url)
  const isKept = isOfChats(operation)
  const sent = new BodyCopy(isKept && isJson(request.headers['content-type']))
  const begunAt = clock.now().getTime()
  const tell = once((rest: Pick<Exchange, 'status' | 'headers' | 'response' | 'failure'>) =>
    onExchange({
      ...{ atMs: begunAt - startedAt, durationMs: clock.now().getTime() - begunAt },
      ...{ operation, method, url: maskUrl(url), request: sent.kept(mask), ...rest },
    }),
  )
  const send = target.protocol === 'https:' ? safeRequest : plainRequest
  const path = target.pathname.replace(/\/$/, '') + url
  const upstream = send(target, { method, path, headers: forwarded(request.headers), timeout: silenceMs })
  upstream.on('timeout', () => upstream.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' })))
  upstream.on('error', error => {
    const failure = codeOf(error) ?? error.message
    tell({ failure })
    if (response.headersSent || response.destroyed) response.destroy()
    else answerAway(response, target, failure)
  })
  upstream.on('response', answer => passBack(answer, response, { isKept, mask, tell }))
  response.on('close', () => {
    if (response.writableFinished) return
    tell({ failure: 'aborted' })
    upstream.destroy()
  })
  // Piped by hand: a pipeline would take the caller's connection away with a target that is not there.
  request.pipe(sent).pipe(upstream)
}

type PassingBack = {
  isKept: boolean
  mask: Mask
  tell: (rest: {
    status?: number | undefined
    headers: Record<string, string>
    response?: Body
    failure?: string
  }) => void
}

function passBack(answer: IncomingMessage, response: ServerResponse, { isKept, mask, tell }: PassingBack): void {
  const status = answer.statusCode ?? 502
  const came = new BodyCopy(isKept && isJson(answer.headers['content-type']) && !answer.headers['content-encoding'])
  const headers = Object.fromEntries(
    kept.flatMap(name => (answer.headers[name] === undefined ? [] : [[name, `${answer.headers[name]}`]])),
  )
  response.writeHead(status, answer.statusMessage, withoutConnection(answer.headers))
  answer.on('error', error => tell({ status, headers, failure: codeOf(error) ?? error.message }))
  pipeline(answer, came, response, error => {
    if (!error) tell({ status, headers, response: came.kept(mask) })
  })
}

/** What the caller sent, but for what is of its connection; uncompressed answers can be read. */
function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return { ...withoutConnection(headers), 'accept-encoding': 'identity' }
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = `${headers.connection ?? ''}`.split(',').map(name => name.trim().toLowerCase())
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofConnection.has(name) && !named.includes(name)),
  )
}

function answerAway(response: ServerResponse, target: URL, why: string): void {
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(`prilavok record: ${target.origin} does not answer (${why})\n`)
}

/** Page tokens are opaque, and other parameters may be anything. */
function maskUrl(url: string): string {
  const [path = '', query] = url.split('?')
  if (query === undefined) return path
  const pairs = Array.from(
    new URLSearchParams(query),
    ([name, value]) => `${name}=${/^\d{1,19}$/.test(value) && /id$|limit/i.test(name) ? value : '***'}`,
  )
  return `${path}?${pairs.join('&')}`
}

function once<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  let isDone = false
  return (...args) => {
    if (isDone) return
    isDone = true
    act(...args)
  }
}
