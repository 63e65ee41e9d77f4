import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { errorBody, headers, refusals } from '#contract'
import type { Logger } from '#kit'
import { answerErrors, answerRefusal } from './answer-errors.ts'
import { answerProblem, noSuchPath } from './answer-problems.ts'
import type { Metrics } from './metrics.ts'
import { operationOf } from './operation-routes.ts'
import { canonicalUrl } from './paths.ts'
import { traceparent } from './trace.ts'

const headersTimeoutMs = 15_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 65_000
const headersMaxBytes = 16 * 1024

/** An HTTP server with what every answer of the market has, and no route yet. */
export function makeServer({ log, metrics }: { log: Logger; metrics: Metrics }): FastifyInstance {
  const app = Fastify({
    rewriteUrl: request => canonicalUrl(request.url ?? '/'),
    http: {
      headersTimeout: headersTimeoutMs,
      // Node looks for slow callers this often.
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: headersMaxBytes,
    },
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    // A path that cannot be decoded names nothing.
    frameworkErrors: (_error, request, reply) => answerUnknownPath(request.url, reply as unknown as FastifyReply), // typed for no route
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header(headers.traceparent, traceparent(request.headers[headers.traceparent]))
  })
  app.addHook('onResponse', async (request, reply) => {
    const name = operationOf(request)?.name ?? (request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'))
    metrics.answered(name, reply.statusCode, reply.elapsedTime / 1000)
  })
  answerErrors(app, log)
  return app
}

/** No hook has run for it. */
function answerUnknownPath(url: string, reply: FastifyReply): FastifyReply {
  reply.header(headers.traceparent, traceparent(reply.request.headers[headers.traceparent]))
  if (/^\/(admin|buyer)\//.test(url)) return answerProblem(reply, noSuchPath())
  return answerRefusal(reply, refusals.resourceNotFound())
}

/** What is not HTTP gets an answer that is, and is hung up on. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const body = JSON.stringify(
    errorBody(refusals.unreadable(isSlow ? 'Unexpected end of content' : 'The request cannot be read')),
  )
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `${headers.traceparent}: ${traceparent(undefined)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
