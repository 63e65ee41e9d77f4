import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '#kit'
import { toRefusal } from './answer-errors.ts'
import { MisfitError } from './misfit.ts'
import { HttpProblem, problemBody, problemOf, problems } from './problem.ts'

export const problemType = 'application/problem+json'

/** Below this path of the server every error is answered as problem details, an unknown path included. */
export function answerProblems(app: FastifyInstance, prefix: string, log: Logger): void {
  answerErrorsAsProblems(app, log)
  for (const url of [prefix, `${prefix}/*`]) {
    app.all(url, async () => {
      throw noSuchPath()
    })
  }
}

export function answerErrorsAsProblems(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => answerProblem(reply, toProblem(error, request, log)))
}

export const noSuchPath = () => problems.notFound('There is no such path.')

export function answerProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .type(problemType)
    .send(JSON.stringify(problemBody(problem)))
}

function toProblem(error: unknown, request: FastifyRequest, log: Logger): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (error instanceof MisfitError) return problemOf(error.misfit)
  const refusal = toRefusal(error, request, log)
  return new HttpProblem(refusal.status, refusal.messages.join('; '))
}
