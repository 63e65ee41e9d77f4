import type { Static, TSchema } from 'typebox'
import type { Issue } from './issue.ts'
import { issuesMax } from './limits.ts'

export type Decoded<Value> = { ok: true; value: Value } | { ok: false; issues: Issue[] }

/** The part of JSON Schema that the contract uses. */
export type Schema = {
  type?: string | readonly string[]
  format?: string
  enum?: readonly unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  items?: Schema
  properties?: Record<string, Schema>
  required?: readonly string[]
  default?: unknown
}

const int32Max = 2 ** 31 - 1
const int64Max = 2n ** 63n - 1n

/**
 * Turns an unknown JSON value into the type of its schema, or says what does not fit, up to `issuesMax` things. int64 becomes bigint;
 * texts lose the white space at their ends before they are measured; unknown fields are dropped, null fields count as
 * absent where the field is optional.
 */
export function decode<S extends TSchema>(schema: S, value: unknown, name = 'body'): Decoded<Static<S>> {
  const issues: Issue[] = []
  const decoded = read(schema as Schema, value, '', name, issues) // Schema is the part of TSchema we use
  return issues.length > 0
    ? { ok: false, issues: issues.slice(0, issuesMax) }
    : { ok: true, value: decoded as Static<S> } // read has just checked it
}

function read(schema: Schema, value: unknown, at: string, name: string, issues: Issue[]): unknown {
  const kinds = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  if (value === null && kinds.includes('null')) return null
  const reader = readers[kinds[0] ?? '']
  if (reader === undefined) throw new Error(`The contract uses a schema that decode does not know: ${schema.type}`)
  return reader(schema, value, at || name, at, issues)
}

type Reader = (schema: Schema, value: unknown, label: string, at: string, issues: Issue[]) => unknown

const readers: Record<string, Reader> = {
  object: readObject,
  array: readArray,
  string: readString,
  integer: readInteger,
  number: readNumber,
  boolean: (_schema, value, label, _at, issues) =>
    typeof value === 'boolean' ? value : refuse(issues, { rule: 'kind', at: label }),
}

function refuse(issues: Issue[], issue: Issue): undefined {
  issues.push(issue)
}

function readObject(schema: Schema, value: unknown, label: string, at: string, issues: Issue[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(issues, { rule: 'kind', at: label })
  }
  const from = new Map(Object.entries(value))
  const to: Record<string, unknown> = {}
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const path = at === '' ? key : `${at}.${key}`
    const item = from.get(key)
    if (item !== undefined && (item !== null || property.type?.includes('null'))) {
      to[key] = read(property, item, path, path, issues)
    } else if (schema.required?.includes(key)) {
      refuse(issues, { rule: item === null ? 'null' : 'missing', at: path })
    } else if (property.default !== undefined) {
      to[key] = property.default
    }
  }
  return to
}

function readArray(schema: Schema, value: unknown, label: string, at: string, issues: Issue[]): unknown {
  if (!Array.isArray(value)) return refuse(issues, { rule: 'kind', at: label })
  const min = schema.minItems ?? 0
  const max = schema.maxItems ?? int32Max
  if (value.length < min || value.length > max) return refuse(issues, { rule: 'items', at: label, min, max })
  const items = value.map((item, index) =>
    read(schema.items ?? {}, item, `${at}[${index}]`, `${label}[${index}]`, issues),
  )
  if (schema.uniqueItems && new Set(items.map(identity)).size < items.length && issues.length === 0) {
    return refuse(issues, { rule: 'repeated', at: label })
  }
  return items
}

function identity(item: unknown): string {
  return JSON.stringify(item, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

function readString(schema: Schema, value: unknown, label: string, _at: string, issues: Issue[]): unknown {
  if (typeof value !== 'string') return refuse(issues, { rule: 'kind', at: label })
  if (schema.enum) return schema.enum.includes(value) ? value : refuse(issues, { rule: 'kind', at: label })
  // PostgreSQL has no NUL in texts, and no half of a surrogate pair.
  if (value.includes('\0')) return refuse(issues, { rule: 'kind', at: label })
  const text = value.trim().toWellFormed()
  const min = schema.minLength ?? 0
  const max = schema.maxLength ?? int32Max
  if (text.length >= min && text.length <= max) return text
  return refuse(issues, { rule: 'length', at: label, min, max, isEmpty: text.length === 0 })
}

function readInteger(schema: Schema, value: unknown, label: string, _at: string, issues: Issue[]): unknown {
  const integer = asInteger(value)
  const bounds = schema.format === 'int64' ? int64Max : BigInt(int32Max)
  if (integer === undefined || integer > bounds || integer < -bounds - 1n) {
    return refuse(issues, { rule: 'kind', at: label })
  }
  const rejected = integer.toString()
  if (schema.minimum !== undefined && integer < BigInt(schema.minimum)) {
    return refuse(issues, { rule: 'minimum', at: label, bound: schema.minimum, rejected })
  }
  if (schema.maximum !== undefined && integer > BigInt(schema.maximum)) {
    return refuse(issues, { rule: 'maximum', at: label, bound: schema.maximum, rejected })
  }
  return schema.format === 'int64' ? integer : Number(integer)
}

function readNumber(schema: Schema, value: unknown, label: string, _at: string, issues: Issue[]): unknown {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return refuse(issues, { rule: 'kind', at: label })
  const { minimum = -Infinity, maximum = Infinity } = schema
  const rejected = `${number}`
  if (number < minimum) return refuse(issues, { rule: 'minimum', at: label, bound: minimum, rejected })
  if (number > maximum) return refuse(issues, { rule: 'maximum', at: label, bound: maximum, rejected })
  return number
}

function asInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined // isSafeInteger admits numbers only
}
