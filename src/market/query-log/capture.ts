import { randomInt } from 'node:crypto'
import type { FastifyRequest, onSendHookHandler } from 'fastify'
import type { UnknownNames } from '#contract'
import type { Logger } from '#kit'
import { operationOf, traceIdOf } from '#serving'
import type { KeyWithBusiness } from '../store/keys.ts'
import type { NewRequest } from '../store/new-requests.ts'
import { describeForm, type KeptBytes, keepBytes, keepName, keepText, kept } from './body-text.ts'
import type { QueryLog } from './query-log.ts'

/** With which key a request came, its token, when it came, and what it has that its operation does not know. */
export type Caller = { key: KeyWithBusiness; token: string; at: Date } & UnknownNames

declare module 'fastify' {
  // Kept on the request itself: what a WeakMap has of requests that are over outlives collections of the young.
  interface FastifyRequest {
    /** Of the published API; undefined if it came without a valid key. */
    caller: Caller | undefined
    /** What stands in the log for a body that is no text. */
    describedBody: string | undefined
  }
}

export type Logging = {
  /** Undefined: nothing is logged. */
  queryLog: QueryLog | undefined
  log: Logger
}

/** A hook that logs the answers to requests with a valid key. It changes nothing and never fails. */
export function captureRequests({ queryLog, log }: Logging): onSendHookHandler | undefined {
  if (queryLog === undefined) return undefined
  const takeId = makeIds()
  return (request, reply, payload, done) => {
    if (request.caller === undefined) return done()
    const { key, token, at, unknown } = request.caller
    try {
      queryLog.add({
        businessId: `${key.businessId}`,
        at: at.toISOString(),
        requestId: takeId(),
        keyId: `${key.keyId}`,
        operation: operationOf(request)?.name ?? 'unknown',
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        traceId: traceIdOf(request),
        unknownFields: unknown?.map(name => keepName(name, token)) ?? null,
        ...textsOf(request, payload, token),
      })
    } catch (error) {
      log.error({ err: error }, 'a request was not logged')
    }
    done()
  }
}

type Texts = Pick<NewRequest, 'method' | 'path' | 'requestBody' | 'responseBody' | 'isCut'>

function textsOf(request: FastifyRequest, payload: unknown, token: string): Texts {
  const body = request.describedBody ?? describeUnreadForm(request) ?? request.body
  const asked = typeof body === 'string' && body !== '' ? keepText(body, token) : undefined
  const answered = request.method === 'HEAD' ? undefined : keepAnswer(payload, token)
  return {
    method: request.method,
    path: keepText(request.originalUrl, token).text,
    requestBody: asked?.text ?? null,
    responseBody: answered?.text ?? null,
    isCut: asked?.isCut === true || answered?.isCut === true,
  }
}

function keepAnswer(payload: unknown, token: string): KeptBytes | undefined {
  if (Buffer.isBuffer(payload)) return keepBytes(payload, token, kept.answered)
  return typeof payload === 'string' && payload !== '' ? keepText(payload, token, kept.answered) : undefined
}

/** A form that was refused before its file was read. */
function describeUnreadForm(request: FastifyRequest): string | undefined {
  return operationOf(request)?.filePart ? describeForm(request.headers['content-length']) : undefined
}

/** Rising numbers that another process most likely does not use; they tell requests of one moment apart. */
function makeIds(): () => number {
  const countMost = 2 ** 32
  const process = randomInt(2 ** 21) * countMost
  let count = 0
  return () => process + (count++ % countMost)
}
