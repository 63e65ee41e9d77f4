import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from '#contract'
import { type OpenApiInfo, type Operation, openApiDocument } from '#contract'
import { answerProblems, problemType } from './answer-problems.ts'
import type { ErrorContext } from './failure.ts'
import { serveKept } from './kept-answer.ts'
import { acceptBodies, refuseOtherVerbs, routeOf } from './operation-routes.ts'
import { ProblemDetails } from './problem.ts'
import { type Arrival, type Input, type OfTexts, readCall } from './read-call.ts'

type Answer<O extends Operation> = O extends { responseType: 'text/event-stream' }
  ? Readable
  : O extends { status: 204 }
    ? undefined
    : Static<O['response']>

/** An operation of an API with what answers it, for a caller who has been admitted as `Who`. */
export type Endpoint<Needs, Who, O extends Operation = Operation> = {
  operation: O
  answer: (needs: Needs, arrival: Arrival, who: Who) => Promise<unknown>
}

/** What the handlers of a list of endpoints need, all together. */
export type NeedsOf<Endpoints extends readonly { answer: (...args: never[]) => unknown }[]> =
  Endpoints[number]['answer'] extends (needs: infer Needs, ...rest: never[]) => unknown ? Needs : never

/** Pairs a declaration with its handler, which is given the call as the declaration has it. */
export function defineEndpoint<const O extends Operation, Needs, Who>(
  operation: O,
  handle: (needs: Needs, call: Input<O> & Who) => Promise<Answer<O>>,
): Endpoint<Needs, Who, O> {
  return { operation, answer: (needs, arrival, who) => handle(needs, { ...readCall(operation, arrival), ...who }) }
}

export type Api<Needs, Who> = {
  prefix: string
  info: Omit<OpenApiInfo, 'refusalType' | 'refusal'>
  endpoints: readonly Endpoint<Needs, Who>[]
  /** Its problem details, if they have members of its own. */
  problemDetails?: TSchema
  /** Says who calls, or throws. Nothing of the call is read before. */
  admit: (request: FastifyRequest, reply: FastifyReply) => Promise<Who>
}

type Around<Needs> = { needs: Needs; version: string; errors: ErrorContext }

/** A route for each endpoint, and the API's own document; errors are problem details. */
export async function registerApi<Needs, Who>(
  app: FastifyInstance,
  api: Api<Needs, Who>,
  { needs, version, errors }: Around<Needs>,
): Promise<void> {
  const declared = api.endpoints.map(endpoint => endpoint.operation)
  const info = { ...api.info, refusalType: problemType, refusal: api.problemDetails ?? ProblemDetails }
  await app.register(async scope => {
    acceptBodies(scope)
    answerProblems(scope, api.prefix, errors)
    for (const endpoint of api.endpoints) addRoute(scope, endpoint, api.admit, needs)
    refuseOtherVerbs(scope, declared)
    serveKept(scope, `${api.prefix}/openapi.json`, {
      type: 'application/json; charset=utf-8',
      make: async () => JSON.stringify(openApiDocument(declared, info, version)),
    })
  })
}

function addRoute<Needs, Who>(
  scope: FastifyInstance,
  { operation, answer }: Endpoint<Needs, Who>,
  admit: Api<Needs, Who>['admit'],
  needs: Needs,
): void {
  const callers = new WeakMap<FastifyRequest, { who: Who }>()
  const status = operation.status ?? 200
  const isJson = status !== 204 && operation.responseType === undefined
  scope.route<OfTexts>({
    method: operation.verb,
    url: routeOf(operation.path),
    schema: isJson ? { response: { [status]: operation.response } } : {},
    config: { operation },
    exposeHeadRoute: isJson,
    onRequest: async (request, reply) => {
      // Answers hold tokens and what people have written.
      reply.header('cache-control', 'no-store')
      callers.set(request, { who: await admit(request, reply) })
    },
    handler: async (request, reply) => {
      const caller = callers.get(request)
      if (caller === undefined) throw new TypeError(`${operation.name} was reached by nobody who was admitted`)
      const answered = await answer(needs, request, caller.who)
      reply.code(status)
      if (operation.responseType) tellStream(reply, operation.responseType)
      return answered
    },
  })
}

/** No other request uses the connection of a stream, and no proxy may buffer it. */
function tellStream(reply: FastifyReply, type: string): void {
  reply.type(`${type}; charset=utf-8`).header('x-accel-buffering', 'no').header('connection', 'close')
}
