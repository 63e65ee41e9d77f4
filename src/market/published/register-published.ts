import type { FastifyInstance, FastifyRequest } from 'fastify'
import { headers, type Operation, type OperationName, operations, type RefusalName, refusals } from '#contract'
import {
  acceptBodies,
  noteUnknownInQuery,
  type OfTexts,
  readBody,
  readParameters,
  refuseOtherVerbs,
  routeOf,
  type Texts,
} from '#serving'
import { type Caller, captureRequests, type Logging } from '../query-log/capture.ts'
import { credentialOf } from './authenticate.ts'
import { admit, checkBusiness, type Gate, identify, tellFullHour } from './gate.ts'
import { type Call, type Handlers, WrittenAnswer } from './operation-handler.ts'

export type Counting = {
  /** Told of every answer that leaves: which operation gave it, and with which refusal. */
  onAnswered?: ((operation: OperationName, refusal: RefusalName | undefined) => void) | undefined
}

/** A route for each operation of the contract, behind the gate. Other verbs on its path are answered with 405. */
export function registerPublished(app: FastifyInstance, gate: Gate & Logging & Counting, handlers: Handlers): void {
  app.decorateRequest('caller', undefined)
  app.decorateRequest('describedBody', undefined)
  app.decorateRequest('refusedWith', undefined)
  const onSend = captureRequests(gate)
  const { onAnswered } = gate
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
        request.caller = { key, token: credentialOf(request.headers).token, at }
        await admit(gate, { operation, key, request, reply })
      },
      ...(onSend && { onSend }),
      ...(onAnswered && { onResponse: async request => onAnswered(operation.name, request.refusedWith) }),
      handler: async (request, reply) => {
        const { caller } = request
        if (caller === undefined) throw new TypeError(`${operation.name} was reached without a key`)
        const describeBody = (text: string) => {
          request.describedBody = text
        }
        const noteReplay = () => void reply.header(headers.idempotencyReplayed, 'true')
        const answer = await callHandler(operation.name, { handlers, caller, request, describeBody, noteReplay })
        if (!(answer instanceof WrittenAnswer)) return answer
        reply.type('application/json; charset=utf-8')
        // Encoded here, once: its length, the socket and the log take the bytes.
        return Buffer.from(answer.json)
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
  caller: Caller
  request: FastifyRequest<OfTexts>
  describeBody(text: string): void
  noteReplay(): void
}

function callHandler<Name extends OperationName>(name: Name, arrival: Arrival): Promise<unknown> {
  const { handlers, caller, request, describeBody, noteReplay } = arrival
  const { key } = caller
  const operation: Operation = operations[name]
  const params = operation.params ? readParameters(operation.params, request.params) : {}
  // The business is checked before the rest is read: a caller of another business is not told what would fit.
  const { businessId }: Record<string, unknown> = params
  if (typeof businessId === 'bigint') checkBusiness(key, businessId)
  noteUnknownInQuery(operation, request.query, caller)
  const query = readQuery(operation, request, caller)
  const body = readBody(operation, request.body, caller)
  const call = { params, query, body, key, raw: request.raw, describeBody, noteReplay }
  return handlers[name](call as Call<Name>) // each part read by its schema
}

/** If the query is refused, the body is looked through: what the query lacks may have been put there. */
function readQuery(operation: Operation, { query, body }: FastifyRequest<OfTexts>, caller: Caller): unknown {
  if (operation.query === undefined) return {}
  try {
    return readParameters(operation.query, query, operation.aliases)
  } catch (refusal) {
    try {
      readBody(operation, body, caller)
    } catch {
      // What is wrong with the body is not what is answered.
    }
    throw refusal
  }
}
