import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '#kit'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** What the log says of any request: by its trace id, which its answer has too. No path and no query: ids and tokens stand there. */
export function logRequest(log: Logger, operation: string, { request, reply }: Exchange): void {
  if (!log.isLevelEnabled('info')) return
  const { method } = request
  log.info(
    { traceId: traceIdOf(request), operation, method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
    'a request was answered',
  )
}

/** Its 32 hexadecimal digits in the id of a request, 00-<trace id>-<span id>-01. */
export function traceIdOf({ id }: Pick<FastifyRequest, 'id'>): string {
  return id.slice(3, 35)
}
