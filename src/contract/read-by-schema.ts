import type { Issue } from './issue.ts'
import { issuesMax } from './limits.ts'
import type { Static, TSchema } from './type.ts'
import type { UnknownNames } from './unknown-names.ts'

export type Decoded<Value> = { ok: true; value: Value } | { ok: false; issues: Issue[] }

/** The part of JSON Schema that the contract uses. */
export type Schema = {
  title?: string
  description?: string
  deprecated?: boolean
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
  'x-truncated'?: boolean
}

/** How values are read: `decode` and `decodeAnswer` differ in this alone. */
type Rules = {
  /** Fills in defaults, keeps null where the schema has it, and measures arrays. */
  isStrict: boolean
  /** Notes the names of an object that its schema has not. */
  noteUnknown?: (value: object, schema: Schema, at: string, reading: Reading) => void
  string: Reader
  integer: Reader
  number: Reader
}

/** The value as its type. If it does not fit, there is an issue more. */
type Reader = (schema: Schema, value: unknown, at: string, reading: Reading) => unknown

export type Reading = {
  rules: Rules
  /** Of the value as a whole, which has no path. */
  name: string
  issues: Issue[]
  /** Undefined if nobody asks which names the schema does not have. */
  names: UnknownNames | undefined
}

/** Reads a value as its schema says, by the rules. After `issuesMax` issues the rest is not looked at. */
export function readBySchema<S extends TSchema>(
  schema: S,
  value: unknown,
  { rules, name, names }: Omit<Reading, 'issues'>,
): Decoded<Static<S>> {
  const issues: Issue[] = []
  const read = readValue(schema, value, '', { rules, name, issues, names })
  return issues.length > 0 ? { ok: false, issues: issues.slice(0, issuesMax) } : { ok: true, value: read as Static<S> } // without an issue it is of this type
}

function readValue(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  const { rules, issues } = reading
  const { type } = schema
  if (value === null && rules.isStrict && type?.includes('null')) return null
  if (issues.length >= issuesMax) return undefined
  switch (typeof type === 'string' ? type : type?.[0]) {
    case 'object':
      return readObject(schema, value, at, reading)
    case 'array':
      return readArray(schema, value, at, reading)
    case 'string':
      return rules.string(schema, value, at, reading)
    case 'integer':
      return rules.integer(schema, value, at, reading)
    case 'number':
      return rules.number(schema, value, at, reading)
    case 'boolean':
      return typeof value === 'boolean' ? value : refuseKind(at, reading)
    default:
      throw new Error(`The contract uses a schema that is not known here: ${type}`)
  }
}

function readObject(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuseKind(at, reading)
  const { rules } = reading
  const { isStrict } = rules
  const to: Record<string, unknown> = {}
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const path = at === '' ? key : `${at}.${key}`
    const item: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
    if (item !== undefined && (item !== null || (isStrict && property.type?.includes('null')))) {
      to[key] = readValue(property, item, path, reading)
    } else if (schema.required?.includes(key)) {
      refuse({ rule: item === null ? 'null' : 'missing', at: path }, reading)
    } else if (isStrict && property.default !== undefined) {
      to[key] = property.default
    }
  }
  rules.noteUnknown?.(value, schema, at, reading)
  return to
}

function readArray(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  if (!Array.isArray(value)) return refuseKind(at, reading)
  const place = at || reading.name
  const { isStrict } = reading.rules
  const { items = {}, minItems: min = 0, maxItems: max = int32Max } = schema
  if (isStrict && (value.length < min || value.length > max)) {
    return refuse({ rule: 'items', at: place, min, max }, reading)
  }
  const read = value.map((item, index) => readValue(items, item, `${at}[${index}]`, reading))
  const isRepeated =
    isStrict && schema.uniqueItems && reading.issues.length === 0 && new Set(read.map(identity)).size < read.length
  return isRepeated ? refuse({ rule: 'repeated', at: place }, reading) : read
}

function identity(item: unknown): string {
  return JSON.stringify(item, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

export const int32Max = 2 ** 31 - 1

/** What parses JSON makes a bigint only of an integer that a number cannot hold. */
export function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined
}

export function refuse(issue: Issue, { issues }: Reading): undefined {
  issues.push(issue)
}

export function refuseKind(at: string, reading: Reading): undefined {
  refuse({ rule: 'kind', at: at || reading.name }, reading)
}
