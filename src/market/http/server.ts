import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { headers, refusals } from '#contract'
import type { Logger } from '#kit'
import { answerErrors, answerRefusal } from './answer-errors.ts'
import { answerProblem, noSuchPath } from './answer-problems.ts'
import type { Metrics } from './metrics.ts'
import { operationOf } from './operation-routes.ts'
import { canonicalUrl } from './paths.ts'
import { traceparent } from './trace.ts'
import { makeUnreadableAnswer } from './unreadable.ts'

const headersTimeoutMs = 15_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 65_000
const headersMaxBytes = 16 * 1024

/** An HTTP server with what every answer of the market has, and no route yet. */
export function makeServer({ log, metrics }: { log: Logger; metrics: Metrics }): FastifyInstance {
  const unreadable = makeUnreadableAnswer()
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
    clientErrorHandler: unreadable.answer,
    // A path that cannot be decoded names nothing.
    frameworkErrors: (_error, request, reply) => answerUnknownPath(request.url, reply as unknown as FastifyReply), // typed for no route
  })
  app.server.on('request', unreadable.note)
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
  if (/^\/(admin|buyer|lab)\//.test(url)) return answerProblem(reply, noSuchPath())
  return answerRefusal(reply, refusals.resourceNotFound())
}
