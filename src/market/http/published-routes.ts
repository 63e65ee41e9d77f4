import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import { type BusinessId, type Operation, type OperationName, operations, refusals } from '#contract'
import type { Call, Handlers } from '../operation-handler.ts'
import type { KeyWithBusiness } from '../store/keys.ts'
import { checkJsonHeaders, readText } from './body.ts'
import { admit, checkBusiness, type Gate } from './gate.ts'
import { readBody, readParameters, type Texts } from './read-call.ts'

const verbs: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

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
        keys.set(request, await admit(gate, operation, request, reply))
      },
      handler: request => {
        const key = keys.get(request)
        if (key === undefined) throw new Error(`${operation.name} was reached without a key`)
        return callHandler(operation.name, { handlers, key, request })
      },
    })
  }
  refuseOtherVerbs(app, Object.values(operations))
}

export function routeOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

type Arrival = { handlers: Handlers; key: KeyWithBusiness; request: FastifyRequest }

function callHandler<Name extends OperationName>(name: Name, { handlers, key, request }: Arrival): Promise<unknown> {
  const operation: Operation = operations[name]
  const params = operation.params ? readParameters(operation.params, request.params as Texts) : {}
  // The cabinet is checked before the rest is read: a stranger learns nothing of what would fit.
  if ('businessId' in params) checkBusiness(key, params['businessId'] as BusinessId) // read by its schema
  const query = operation.query ? readParameters(operation.query, request.query as Texts, operation.aliases) : {}
  const body = readBody(operation, request.body)
  return handlers[name]({ params, query, body, key, raw: request.raw } as Call<Name>) // each part read by its schema
}

/** Bodies are read here alone: JSON as text within its bound, a file's parts by its handler as they come. */
function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest) => {
    if (operationOf(request)?.filePart) return undefined
    checkJsonHeaders(request.headers)
    return readText(request.raw)
  })
}

export function operationOf(request: FastifyRequest): Operation | undefined {
  return (request.routeOptions.config as { operation?: Operation }).operation // set by our routes alone
}

export function refuseOtherVerbs(app: FastifyInstance, declared: readonly Operation[]): void {
  for (const path of new Set(declared.map(operation => operation.path))) {
    const known = declared.filter(operation => operation.path === path).map(operation => operation.verb)
    app.route({
      method: verbs.filter(verb => !known.some(taken => taken === verb)),
      url: routeOf(path),
      onRequest: async request => {
        throw refusals.methodNotSupported(request.method)
      },
      handler: () => undefined,
    })
  }
}
