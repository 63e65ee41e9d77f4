import { parseInt64 } from './ids.ts'
import { type Decoded, integerOf, type Reading, readBySchema, refuseKind, type Schema } from './read-by-schema.ts'
import type { Static, TSchema } from './type.ts'

/**
 * Reads what a server answered, tolerantly: unknown words of an enumeration and any length pass, unknown fields are
 * dropped, an int64 may be a decimal string and becomes a bigint, null is absent where the field is optional. What is
 * missing, of another kind or no date is an issue with its path.
 */
export function decodeAnswer<S extends TSchema>(schema: S, value: unknown): Decoded<Static<S>> {
  return readBySchema(schema, value, { rules, name: '', names: undefined })
}

const rules = { isStrict: false, string: readString, integer: readInteger, number: readNumber }

function readString({ format }: Schema, value: unknown, at: string, reading: Reading): unknown {
  const fits = typeof value === 'string' && (format !== 'date-time' || isMoment(value))
  return fits ? value : refuseKind(at, reading)
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))
}

function readInteger({ format }: Schema, value: unknown, at: string, reading: Reading): unknown {
  const integer = typeof value === 'string' ? parseInt64(value) : integerOf(value)
  if (integer === undefined) return refuseKind(at, reading)
  if (format === 'int64') return integer
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : refuseKind(at, reading)
}

function readNumber(_schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : refuseKind(at, reading)
}
