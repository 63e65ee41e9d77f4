import { type BodyOf, headers, type Operation, type OperationName, type QueryOf, serializeJson } from '#contract'
import type { WireError } from '../errors.ts'
import type { Connection } from './connection.ts'

/** The parts of a call as the contract names them. */
export type Input<Name extends OperationName = OperationName> = {
  params?: Record<string, bigint>
  query?: QueryOf<Name>
  body?: BodyOf<Name>
  file?: File
  /** Of sends. */
  idempotencyKey?: string
  /** Of lists of chats: told of the rows that do not fit, which are left out of the answer. */
  onUnreadable?: ((why: WireError, chatId?: bigint) => void) | undefined
}

type Prepared = { url: string; init: RequestInit }

/** A request of this operation. Path, verb and the place of each part are the contract's. */
export function buildRequest(operation: Operation, input: Input, connection: Connection): Prepared {
  const { idempotencyKey } = input
  const init: RequestInit = {
    method: operation.verb,
    headers: {
      [headers.apiKey]: connection.apiKey,
      [headers.integration]: connection.integration,
      ...(operation.body && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { [headers.idempotencyKey]: idempotencyKey }),
    },
    // A redirect could take the key to another server.
    redirect: 'manual',
    ...bodyOf(operation, input),
  }
  return { url: connection.root + pathOf(operation, input.params ?? {}) + serializeQuery(input.query ?? {}), init }
}

function pathOf({ path }: Operation, params: Record<string, bigint>): string {
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => `${params[name]}`)
}

function serializeQuery(query: object): string {
  const told = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(told.map(([name, value]): [string, string] => [name, `${value}`])).toString()
  return text === '' ? '' : `?${text}`
}

function bodyOf({ body, filePart }: Operation, input: Input): { body?: string | FormData } {
  if (body) return { body: serializeJson(input.body ?? {}) }
  if (!filePart || !input.file) return {}
  const form = new FormData()
  form.append(filePart, input.file, input.file.name)
  return { body: form }
}
