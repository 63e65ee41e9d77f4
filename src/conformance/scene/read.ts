import { headers as names, type Operation, type OperationName, operations } from '#contract'
import { type Call, type Reply, withJson } from '../http/call.ts'
import type { Sender } from '../http/sender.ts'

/** Numbers to put into a path or a query: businessId, campaignId, chatId, messageId. */
export type Ids = Readonly<Record<string, bigint | undefined>>

type CallOptions = { ids?: Ids; query?: Record<string, string>; json?: unknown }

/** A call of an operation as its declaration has it, with what is given. */
export function callOf(name: OperationName, token: string, { ids = {}, query = {}, json }: CallOptions): Call {
  const { verb, path }: Operation = operations[name]
  const call: Call = {
    subject: name,
    verb,
    path: path.replace(/\{(\w+)\}/g, (_all, id: string) => `${ids[id]}`),
    query,
    headers: { [names.apiKey]: token },
  }
  return json === undefined ? call : withJson(call, json)
}

export function ask(sender: Sender, name: OperationName, token: string, options: CallOptions = {}): Promise<Reply> {
  return sender.send(callOf(name, token, options))
}

/** A field of a JSON value that may be anything. */
export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    value,
  )
}

export function items(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = field(value, ...path)
  return Array.isArray(list) ? list : []
}

/** An id as a bigint, if it is one. */
export function idAt(value: unknown, ...path: readonly (string | number)[]): bigint | undefined {
  const id = field(value, ...path)
  if (typeof id === 'bigint') return id
  return typeof id === 'number' && Number.isSafeInteger(id) ? BigInt(id) : undefined
}
