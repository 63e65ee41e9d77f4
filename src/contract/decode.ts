import { maxInt64 } from './ids.ts'
import {
  type Decoded,
  int32Max,
  integerOf,
  type Reading,
  readBySchema,
  refuse,
  refuseKind,
  type Schema,
} from './read-by-schema.ts'
import { isCut } from './schema.ts'
import type { Static, TSchema } from './type.ts'
import { noteUnknown, type UnknownNames } from './unknown-names.ts'

/**
 * Turns an unknown JSON value into the type of its schema, or says what does not fit, up to `issuesMax` things. int64 becomes bigint;
 * texts lose the white space at their ends before they are measured; unknown fields are dropped, null fields count as
 * absent where the field is optional. The names of what is dropped are noted in `names`.
 */
export function decode<S extends TSchema>(
  schema: S,
  value: unknown,
  name = 'body',
  names?: UnknownNames,
): Decoded<Static<S>> {
  return readBySchema(schema, value, { rules, name, names })
}

const rules = {
  isStrict: true,
  noteUnknown: noteUnknownIn,
  string: readString,
  integer: readInteger,
  number: readNumber,
}

function noteUnknownIn(value: object, { properties = {} }: Schema, at: string, { name, names }: Reading): void {
  if (names === undefined) return
  for (const key in value)
    if (!Object.hasOwn(properties, key)) noteUnknown(names, `${name}.${at === '' ? key : `${at}.${key}`}`)
}

function readString(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  if (typeof value !== 'string') return refuseKind(at, reading)
  if (schema.enum?.includes(value)) return value
  if (schema.enum) return refuse({ rule: 'kind', at: at || reading.name, among: schema.enum }, reading)
  // PostgreSQL has no NUL in texts, and no half of a surrogate pair.
  if (value.includes('\0')) return refuseKind(at, reading)
  const text = value.trim().toWellFormed()
  const { minLength: min = 0, maxLength: max = int32Max } = schema
  if (text.length >= min && text.length <= max) return text
  return refuse({ rule: 'length', at: at || reading.name, min, max, isEmpty: text.length === 0 }, reading)
}

function readInteger(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  const integer = integerOf(value)
  const bound = schema.format === 'int64' ? maxInt64 : BigInt(int32Max)
  if (integer === undefined || integer > bound || integer < -bound - 1n) return refuseKind(at, reading)
  const { maximum } = schema
  const taken = schema[isCut] && maximum !== undefined && integer > maximum ? BigInt(maximum) : integer
  if (!isWithin(schema, taken, at, reading)) return undefined
  return schema.format === 'int64' ? taken : Number(taken)
}

function readNumber(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return refuseKind(at, reading)
  return isWithin(schema, number, at, reading) ? number : undefined
}

/** Compares without loss: JavaScript orders a bigint and a number by their values. */
function isWithin({ minimum, maximum }: Schema, value: number | bigint, at: string, reading: Reading): boolean {
  const isTooLow = minimum !== undefined && value < minimum
  const isTooHigh = maximum !== undefined && value > maximum
  if (!isTooLow && !isTooHigh) return true
  const rejected = `${value}`
  if (isTooLow) refuse({ rule: 'minimum', at: at || reading.name, bound: minimum, rejected }, reading)
  else if (isTooHigh) refuse({ rule: 'maximum', at: at || reading.name, bound: maximum, rejected }, reading)
  return false
}
