import type { FastifyReply, FastifyRequest } from 'fastify'
import { headers } from '#contract'
import { systemClock, type Traces } from '#kit'
import { traceIdOf } from './request-log.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

// Asked every few seconds, and of no interest to anybody who follows a request.
const untraced = ['/healthz', '/readyz', '/metrics']

/** One span of a request, under the ids that its answer has told. Of its address only the route: ids and tokens stand in the rest. */
export function traceRequest(traces: Traces, operation: string, { request, reply }: Exchange): void {
  if (untraced.includes(operation)) return
  const { statusCode: status, elapsedTime: durationMs } = reply
  const incoming = request.headers[headers.traceparent]
  const isTheirs = typeof incoming === 'string' && incoming.includes(traceIdOf(request))
  traces.record({
    ...{ traceparent: request.id, parent: isTheirs ? incoming : undefined, name: operation, kind: 'server' },
    ...{ endedAt: systemClock.now().getTime(), durationMs, isError: status >= 500 },
    attributes: {
      'http.request.method': request.method,
      'http.route': request.routeOptions.url ?? '',
      'http.response.status_code': status,
    },
  })
}
