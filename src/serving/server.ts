import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { headers } from '#contract'
import { traceparent } from '#kit'
import { answerBytesThatAreNotHttp } from './connections/not-http.ts'
import type { HttpMetrics } from './metrics.ts'
import { operationOf } from './operation-routes.ts'

const headersTimeoutMs = 15_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 65_000
const maxHeaderBytes = 16 * 1024

export type ServerOptions = {
  metrics: HttpMetrics
  /** The one form inside of a path that may be written in several. */
  rewriteUrl(url: string): string
  /** Of an error that no API of the server has answered. */
  answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply
  answerUnknownPath(url: string, reply: FastifyReply): FastifyReply
  /** The JSON of a 400 for bytes that are no request. */
  brokenBody(sentence: string): string
}

/** An HTTP server with what every answer has, and no route yet. */
export function makeServer(options: ServerOptions): FastifyInstance {
  const notHttp = answerBytesThatAreNotHttp(options.brokenBody)
  const setTrace = (request: FastifyRequest, reply: FastifyReply) =>
    reply.header(headers.traceparent, traceparent(request.headers[headers.traceparent]))
  const app = Fastify({
    rewriteUrl: request => options.rewriteUrl(request.url ?? '/'),
    http: {
      headersTimeout: headersTimeoutMs,
      // Node looks for slow callers this often.
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: maxHeaderBytes,
    },
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: notHttp.answer,
    // A path that cannot be decoded names nothing. No hook has run for it.
    frameworkErrors: (_error, request, reply) => {
      setTrace(request, reply)
      return options.answerUnknownPath(request.url, reply)
    },
  })
  app.server.on('request', notHttp.note)
  app.addHook('onRequest', async (request, reply) => void setTrace(request, reply))
  app.addHook('onResponse', async (request, reply) => {
    const name = operationOf(request)?.name ?? (request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'))
    options.metrics.answered(name, reply.statusCode, reply.elapsedTime / 1000)
  })
  app.setNotFoundHandler((request, reply) => options.answerUnknownPath(request.url, reply))
  app.setErrorHandler((error, request, reply) => options.answerError(error, request, reply))
  return app
}
