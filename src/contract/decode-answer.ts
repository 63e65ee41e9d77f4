import type { Static, TSchema } from 'typebox'
import type { Decoded, Schema } from './decode.ts'
import { parseInt64 } from './ids.ts'
import type { Issue } from './issue.ts'
import { issuesMax } from './limits.ts'

/**
 * Reads what a server answered, tolerantly: unknown words of an enumeration and any length pass, unknown fields are
 * dropped, an int64 may be a decimal string and becomes a bigint, null is absent where the field is optional. What is
 * missing, of another kind or no date is an issue with its path.
 */
export function decodeAnswer<S extends TSchema>(schema: S, value: unknown): Decoded<Static<S>> {
  const issues: Issue[] = []
  const decoded = read(schema as Schema, value, '', issues) // Schema is the part of TSchema we use
  return issues.length > 0
    ? { ok: false, issues: issues.slice(0, issuesMax) }
    : { ok: true, value: decoded as Static<S> } // read has just checked it
}

type Reader = (schema: Schema, value: unknown, at: string, issues: Issue[]) => unknown

const readers: Record<string, Reader> = {
  object: readObject,
  array: readArray,
  string: readString,
  integer: readInteger,
  boolean: (_schema, value, at, issues) => (typeof value === 'boolean' ? value : refuse(issues, at)),
  number: (_schema, value, at, issues) =>
    typeof value === 'number' || typeof value === 'bigint' ? Number(value) : refuse(issues, at),
}

function read(schema: Schema, value: unknown, at: string, issues: Issue[]): unknown {
  const kind = typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? '')
  const reader = readers[kind]
  if (reader === undefined) throw new Error(`The contract uses a schema that decodeAnswer does not know: ${kind}`)
  // One fault is enough to refuse an answer; thousands of them need no list.
  return issues.length < issuesMax ? reader(schema, value, at, issues) : undefined
}

function refuse(issues: Issue[], at: string): undefined {
  issues.push({ rule: 'kind', at })
}

function readObject(schema: Schema, value: unknown, at: string, issues: Issue[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(issues, at)
  const to: Record<string, unknown> = {}
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const path = at === '' ? key : `${at}.${key}`
    const item: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
    if (item !== undefined && item !== null) to[key] = read(property, item, path, issues)
    else if (schema.required?.includes(key)) issues.push({ rule: item === null ? 'null' : 'missing', at: path })
  }
  return to
}

function readArray(schema: Schema, value: unknown, at: string, issues: Issue[]): unknown {
  if (!Array.isArray(value)) return refuse(issues, at)
  return value.map((item, index) => read(schema.items ?? {}, item, `${at}[${index}]`, issues))
}

function readString(schema: Schema, value: unknown, at: string, issues: Issue[]): unknown {
  if (typeof value !== 'string') return refuse(issues, at)
  return schema.format !== 'date-time' || isMoment(value) ? value : refuse(issues, at)
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))
}

function readInteger(schema: Schema, value: unknown, at: string, issues: Issue[]): unknown {
  const integer = asInteger(value)
  if (integer === undefined) return refuse(issues, at)
  if (schema.format === 'int64') return integer
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : refuse(issues, at)
}

/** What parses JSON makes a bigint of an int64 alone, and so do digits. */
function asInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'string') return parseInt64(value)
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined // isSafeInteger admits numbers only
}
