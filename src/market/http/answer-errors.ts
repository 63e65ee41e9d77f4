import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorBody, Refusal, refusals } from '#contract'
import type { Logger } from '#kit'
import { isDatabaseAway } from '../store/connect.ts'
import { MisfitError, refusalOf } from './misfit.ts'

/** The one place where an error of the published API becomes an answer. What is not a refusal tells nothing of itself. */
export function answerErrors(app: FastifyInstance, log: Logger): void {
  // differs: an unknown path has no resource, so its answer has no rate-limit headers.
  app.setNotFoundHandler((_request, reply) => answerRefusal(reply, refusals.resourceNotFound()))
  app.setErrorHandler((error, request, reply) => answerRefusal(reply, toRefusal(error, request, log)))
}

export function answerRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(refusal)))
}

export function toRefusal(error: unknown, request: FastifyRequest, log: Logger): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof MisfitError) return refusalOf(error.misfit)
  // A caller who left in the middle of its request is nobody to answer, and no fault of ours.
  if (request.raw.destroyed && !request.raw.complete) return refusals.unreadable('Unexpected end of content')
  if (isDatabaseAway(error)) {
    log.warn({ err: error }, 'the database is away')
    return refusals.unavailable()
  }
  const status = statusOf(error)
  if (status === 415) return refusals.contentTypeNotSupported(String(request.headers['content-type'] ?? ''))
  if (status !== undefined && status >= 400 && status < 500) return refusals.unreadable('The request cannot be read')
  log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
  return refusals.internal()
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : undefined
}
