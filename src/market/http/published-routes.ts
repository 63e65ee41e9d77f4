import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type BusinessId, type Operation, type OperationName, operations, refusals } from '#contract'
import type { Call, Handlers } from '../operation-handler.ts'
import type { KeyWithBusiness } from '../store/keys.ts'
import { admit, checkBusiness, type Gate, tellFullHour } from './gate.ts'
import { acceptBodies, refuseOtherVerbs, routeOf } from './operation-routes.ts'
import { readBody, readParameters, type Texts } from './read-call.ts'

/** A route for each operation of the contract, behind the gate; other verbs on its path are told so. */
export function registerPublished(app: FastifyInstance, gate: Gate, handlers: Handlers): void {
  const keys = new WeakMap<FastifyRequest, KeyWithBusiness>()
  acceptBodies(app)
  for (const operation of Object.values(operations)) {
    app.route({
      method: operation.verb,
      url: routeOf(operation.path),
      schema: { response: { 200: operation.response } },
      config: { operation },
      onRequest: async (request, reply) => {
        requireIds(request)
        keys.set(request, await admit(gate, operation, request, reply))
      },
      handler: request => {
        const key = keys.get(request)
        if (key === undefined) throw new Error(`${operation.name} was reached without a key`)
        return callHandler(operation.name, { handlers, key, request })
      },
    })
  }
  refuseOtherVerbs(app, Object.values(operations), (reply, operation) => tellFullHour(gate, operation, reply))
}

/** An id that is left out names another path. */
function requireIds({ params }: FastifyRequest): void {
  if (Object.values(params as Texts).includes('')) throw refusals.resourceNotFound() // texts: Fastify's path parameters
}

type Arrival = { handlers: Handlers; key: KeyWithBusiness; request: FastifyRequest }

function callHandler<Name extends OperationName>(name: Name, { handlers, key, request }: Arrival): Promise<unknown> {
  const operation: Operation = operations[name]
  const params = operation.params ? readParameters(operation.params, request.params as Texts) : {} // texts: Fastify's path parameters
  // The cabinet is checked before the rest is read: a stranger learns nothing of what would fit.
  if ('businessId' in params) checkBusiness(key, params['businessId'] as BusinessId) // read by its schema
  const texts = request.query as Texts // Fastify's query parser makes texts and lists of them
  const query = operation.query ? readParameters(operation.query, texts, operation.aliases) : {}
  const body = readBody(operation, request.body)
  return handlers[name]({ params, query, body, key, raw: request.raw } as Call<Name>) // each part read by its schema
}
