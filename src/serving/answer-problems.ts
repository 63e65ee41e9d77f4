import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorContext, failureOf } from './failure.ts'
import { HttpProblem, problemBody, problemOf, problems } from './problem.ts'

export const problemType = 'application/problem+json'

/** Below this path of the server every error is answered as problem details, an unknown path included. */
export function answerProblems(app: FastifyInstance, prefix: string, errors: ErrorContext): void {
  answerErrorsAsProblems(app, errors)
  for (const url of [prefix, `${prefix}/*`]) {
    app.all(url, async () => {
      throw noSuchPath()
    })
  }
}

export function answerErrorsAsProblems(app: FastifyInstance, errors: ErrorContext): void {
  app.setErrorHandler((error, request, reply) => answerProblem(reply, toProblem(error, request, errors)))
}

export const noSuchPath = () => problems.notFound('There is no such path.')

export function answerProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  const { retryAfterSeconds } = problem.more
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
  return reply
    .code(problem.status)
    .type(problemType)
    .send(JSON.stringify(problemBody(problem)))
}

/** What any error is answered as. One that the request did not cause is logged, and the answer says nothing of it. */
export function toProblem(error: unknown, request: FastifyRequest, errors: ErrorContext): HttpProblem {
  if (error instanceof HttpProblem) return error
  const problem = errors.problemOf(error)
  if (problem) return problem
  const failure = failureOf(error, request, errors)
  if (failure === 'unavailable') return new HttpProblem(503, 'Service temporarily unavailable. Please, try again later')
  if (failure === 'internal') return new HttpProblem(500, 'Internal server error')
  return problemOf(failure)
}
