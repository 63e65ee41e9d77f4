import type { Scope } from './scopes.ts'
import type { TObject, TSchema } from './type.ts'

/**
 * One operation of an API, declared once. From it come the route with its checks, the client's method, the OpenAPI
 * document and the tests' matrices.
 */
export type Operation = {
  /** The published operationId. */
  name: string
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{name}` for path parameters. */
  path: string
  tag: string
  summary: string
  description: string
  /** A key needs any of these. Empty: no Api-Key opens it (the APIs that Yandex does not publish). */
  scopes: readonly Scope[]
  /** Requests per business and hour; 0: not counted. */
  perHour: number
  /** Only the Api-Key header opens it. */
  apiKeyOnly?: true
  /** Of the admin API: a token of the business in its path opens it too. */
  isForBusiness?: true
  params?: TObject
  query?: TObject
  /** Other names of query parameters: alias -> name. The name wins if both are given. */
  aliases?: Record<string, string>
  body?: TObject
  /** The body may be left out altogether. */
  bodyOptional?: true
  /** The bound of its body, if it is another than that of all. */
  bodyMaxBytes?: number
  /** A multipart body with one file in the part of this name. */
  filePart?: string
  /** `Type.Null()` with status 204: no body. */
  response: TSchema
  /** If the answer is not JSON: a stream of events that ends when either side leaves. */
  responseType?: 'text/event-stream'
  /** Status of success, if not 200. */
  status?: 201 | 204
  /** Statuses it may refuse with, besides those of every operation. */
  refusals: readonly number[]
}

/** Keeps the literal types of a declaration. */
export function defineOperation<const Declared extends Operation>(operation: Declared): Declared {
  return operation
}

/** The statuses that every operation of the published API may answer with. */
export const commonRefusals = [400, 401, 403, 420, 500] as const
