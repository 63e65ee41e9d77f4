import Value from 'typebox/value'
import { expect } from 'vitest'
import { decode, type OperationName, operations, parseJson, type Schema } from '#contract'
import { type Reply, serializeJson } from './http.ts'

/** Everything that keeps an answer from being what its operation declares. */
export function faultsOf(name: OperationName, reply: Reply): unknown[] {
  const schema = operations[name].response
  const decoded = decode(schema, reply.body)
  const again = decoded.ok ? parseJson(serializeJson(decoded.value)) : undefined
  if (!again?.ok) return [decoded]
  expect(again.value, 'the answer, decoded and spelled again').toEqual(reply.body)
  const plain = withoutBigints(reply.body)
  return [...Value.Errors(schema, plain), ...straysOf(schema as Schema, reply.body)] // Schema is the part of TSchema we use
}

/** What an answer has that its schema does not declare, and nulls: the published API leaves out what has no value. */
function straysOf(schema: Schema, value: unknown, at = ''): string[] {
  if (value === null) return [`${at} is null`]
  if (Array.isArray(value)) return value.flatMap((item, index) => straysOf(schema.items ?? {}, item, `${at}[${index}]`))
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) => {
    const property = schema.properties?.[key]
    return property ? straysOf(property, item, `${at}.${key}`) : [`${at}.${key} is not declared`]
  })
}

/** bigints as numbers, for validators that know no bigint; exactness is for other checks. */
function withoutBigints(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(withoutBigints)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBigints(item)]))
}
