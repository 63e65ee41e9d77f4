import { parse } from 'node:querystring'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { headers } from '#contract'
import { type Logger, type Traces, traceparent } from '#kit'
import type { Connections } from './connections/connections.ts'
import type { HttpMetrics } from './metrics.ts'
import { answerBytesThatAreNotHttp } from './not-http.ts'
import { operationOf } from './operation-routes.ts'
import { checkHeads } from './request-head.ts'
import { logRequest } from './requests/request-log.ts'
import { traceRequest } from './requests/request-trace.ts'

const headersTimeoutMs = 15_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 65_000
const maxHeaderBytes = 16 * 1024

export type ServerOptions = {
  metrics: HttpMetrics
  connections: Connections
  /** Has a line for each request, at the level info. */
  log: Logger
  /** Undefined: nobody follows traces. */
  traces?: Traces | undefined
  /** The one form inside of a path that may be written in several. */
  rewriteUrl(url: string): string
  /** Of an error that no API of the server has answered. */
  answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply
  answerUnknownPath(url: string, reply: FastifyReply): FastifyReply
  /** Addresses and networks of proxies, whose X-Forwarded-For says who asks; nobody's, if it is not said. */
  proxies?: readonly string[] | undefined
  /** The JSON of a 400 for bytes that are no request. */
  brokenBody(sentence: string): string
}

/** An HTTP server with what every answer has, and no route yet. */
export function makeServer(options: ServerOptions): FastifyInstance {
  const notHttp = answerBytesThatAreNotHttp(options.brokenBody)
  const setTrace = (request: FastifyRequest, reply: FastifyReply) => reply.header(headers.traceparent, request.id)
  const app = Fastify({
    trustProxy: options.proxies ? [...options.proxies] : false,
    // Bytes that are not UTF-8 become U+FFFD, which is refused; the framework's own parser leaves them escaped.
    routerOptions: { querystringParser: text => parse(text) },
    // The id of a request is what its answer says of its trace.
    genReqId: request => traceparent(request.headers[headers.traceparent]),
    rewriteUrl: request => options.rewriteUrl(request.url ?? '/'),
    http: {
      headersTimeout: headersTimeoutMs,
      // Node looks for slow callers this often.
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: maxHeaderBytes,
      // Its absence is refused with a body.
      requireHostHeader: false,
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
  options.connections.attach(app)
  // Hooks of every request call back: a promise each would cost more than their work.
  app.addHook('onRequest', (request, reply, done) => {
    setTrace(request, reply)
    done()
  })
  checkHeads(app)
  app.addHook('onResponse', (request, reply, done) => {
    const name = operationOf(request)?.name ?? (request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'))
    options.metrics.answered(name, reply.statusCode, reply.elapsedTime / 1000)
    logRequest(options.log, name, { request, reply })
    if (options.traces) traceRequest(options.traces, name, { request, reply })
    done()
  })
  app.setNotFoundHandler((request, reply) => options.answerUnknownPath(request.url, reply))
  app.setErrorHandler((error, request, reply) => options.answerError(error, request, reply))
  return app
}
