import { fromOf, isRaw, type NodeRequestLike, requestOf } from './node-handler.ts'
import type { Receive } from './receiver-options.ts'

/** What is needed of Fastify's request. */
export type FastifyRequestLike = Pick<NodeRequestLike, 'headers' | 'socket'> & {
  method: string
  body?: unknown
  /** As fastify-raw-body leaves it. */
  rawBody?: unknown
}

/** What is needed of Fastify's reply. */
export type FastifyReplyLike = {
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(text: string): unknown
}

/**
 * For a route of Fastify. Its own JSON parser rounds ids beyond 2^53 and loses the text that signatures are of, so
 * leave JSON as text where the route is:
 *
 *     app.register(async scope => {
 *       scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
 *       scope.post('/notification', toFastifyHandler(receive))
 *     })
 *
 * `request.rawBody` is used if there is one; a parsed body is taken where no signature is wanted.
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
