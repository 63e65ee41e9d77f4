import type { FastifyRequest } from 'fastify'
import type { Logger } from '#kit'
import { cannotBeRead, endedTooEarly, type Misfit, MisfitError } from './misfit.ts'
import type { HttpProblem } from './problem.ts'
import { traceIdOf } from './requests/request-log.ts'

/** What a server must know to answer errors that are not its own. */
export type ErrorContext = {
  log: Logger
  /** What the server needs and cannot have now, if an error says so: the same may pass later. */
  findShortage(error: unknown): string | undefined
  /** The problem that an error of the rooms above stands for, if it stands for one. */
  problemOf(error: unknown): HttpProblem | undefined
}

type Failure = Misfit | 'unavailable' | 'internal'

/** What to answer to an error that no API knows. One that the request did not cause is logged, and the answer says nothing of it. */
export function failureOf(error: unknown, request: FastifyRequest, { log, findShortage }: ErrorContext): Failure {
  if (error instanceof MisfitError) return error.misfit
  // The caller has left in the middle of its request: not an error of ours.
  if (request.raw.destroyed && !request.raw.complete) return endedTooEarly
  const shortage = findShortage(error)
  if (shortage !== undefined) {
    log.warn({ err: error, route: request.routeOptions.url, traceId: traceIdOf(request) }, shortage)
    return 'unavailable'
  }
  const status = statusOf(error)
  if (status === 415)
    return { where: 'headers', why: 'content type', text: String(request.headers['content-type'] ?? '') }
  if (status !== undefined && status >= 400 && status < 500) return cannotBeRead
  log.error({ err: error, route: request.routeOptions.url, traceId: traceIdOf(request) }, 'a request failed')
  return 'internal'
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : undefined
}
