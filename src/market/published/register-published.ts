import type { FastifyInstance, FastifyRequest } from 'fastify'
import { headers, type Operation, type OperationName, operations, refusals } from '#contract'
import { acceptBodies, type OfTexts, readBody, readParameters, refuseOtherVerbs, routeOf, type Texts } from '#serving'
import { type Caller, captureRequests, type Logging } from '../query-log/capture.ts'
import type { KeyWithBusiness } from '../store/keys.ts'
import { credentialOf } from './authenticate.ts'
import { admit, checkBusiness, type Gate, identify, tellFullHour } from './gate.ts'
import { type Call, type Handlers, WrittenAnswer } from './operation-handler.ts'

/** A route for each operation of the contract, behind the gate. Other verbs on its path are answered with 405. */
export function registerPublished(app: FastifyInstance, gate: Gate & Logging, handlers: Handlers): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  const bodies = new WeakMap<FastifyRequest, string>()
  const onSend = captureRequests(gate, {
    callerOf: request => callers.get(request),
    bodyOf: request => bodies.get(request),
  })
  acceptBodies(app)
  for (const operation of Object.values(operations)) {
    app.route<OfTexts>({
      method: operation.verb,
      url: routeOf(operation.path),
      schema: { response: { 200: operation.response } },
      config: { operation },
      onRequest: async (request, reply) => {
        const at = gate.clock.now()
        requireIds(request.params)
        const key = await identify(gate, operation, request, reply)
        callers.set(request, { key, token: credentialOf(request.headers).token, at })
        await admit(gate, { operation, key, request, reply })
      },
      ...(onSend && { onSend }),
      handler: async (request, reply) => {
        const key = callers.get(request)?.key
        if (key === undefined) throw new TypeError(`${operation.name} was reached without a key`)
        const describeBody = (text: string) => void bodies.set(request, text)
        const noteReplay = () => void reply.header(headers.idempotencyReplayed, 'true')
        const answer = await callHandler(operation.name, { handlers, key, request, describeBody, noteReplay })
        if (!(answer instanceof WrittenAnswer)) return answer
        reply.type('application/json; charset=utf-8')
        return answer.json
      },
    })
  }
  refuseOtherVerbs(app, Object.values(operations), (reply, operation) => tellFullHour(gate, operation, reply))
}

/** A path whose id is empty is a path that does not exist. */
function requireIds(params: Texts): void {
  if (Object.values(params).includes('')) throw refusals.resourceNotFound()
}

type Arrival = {
  handlers: Handlers
  key: KeyWithBusiness
  request: FastifyRequest<OfTexts>
  describeBody(text: string): void
  noteReplay(): void
}

function callHandler<Name extends OperationName>(name: Name, arrival: Arrival): Promise<unknown> {
  const { handlers, key, request, describeBody, noteReplay } = arrival
  const operation: Operation = operations[name]
  const params = operation.params ? readParameters(operation.params, request.params) : {}
  // The business is checked before the rest is read: a caller of another business is not told what would fit.
  const { businessId }: Record<string, unknown> = params
  if (typeof businessId === 'bigint') checkBusiness(key, businessId)
  const query = operation.query ? readParameters(operation.query, request.query, operation.aliases) : {}
  const body = readBody(operation, request.body)
  const call = { params, query, body, key, raw: request.raw, describeBody, noteReplay }
  return handlers[name](call as Call<Name>) // each part read by its schema
}
