import { fromOf, isRaw, type NodeRequestLike, requestOf } from './node-handler.ts'
import type { Receive } from './receiver-options.ts'

/** The part of Fastify's request that is used. */
export type FastifyRequestLike = Pick<NodeRequestLike, 'headers' | 'socket'> & {
  method: string
  body?: unknown
  /** As fastify-raw-body leaves it. */
  rawBody?: unknown
}

/** The part of Fastify's reply that is used. */
export type FastifyReplyLike = {
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(text: string): unknown
}

/**
 * A handler for a route of Fastify. Fastify's own JSON parser rounds ids beyond 2^53 and loses the text that was signed, so
 * keep JSON as bytes for this route:
 *
 *     app.register(async scope => {
 *       scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
 *       scope.post('/notification', toFastifyHandler(receive))
 *     })
 *
 * `request.rawBody` is used if there is one. A parsed body is accepted only if no signature is checked.
 */
export function toFastifyHandler(
  receive: Receive,
): (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown> {
  return async (request, reply) => {
    const body = isRaw(request.rawBody) ? request.rawBody : request.body
    const answer = await receive(requestOf(request, body), fromOf(request, body))
    reply.code(answer.status)
    answer.headers.forEach((value, name) => void reply.header(name, value))
    return reply.send(await answer.text())
  }
}
