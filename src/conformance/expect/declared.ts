import { maxInt64, parseRestDay, type Schema, type TSchema } from '#contract'
import type { Source } from '../findings/finding.ts'
import { choice, contract } from '../findings/sources.ts'
import { compare, differ, type Expectation } from './expectation.ts'

type Fault = { at: string; expected: string; got: string; source: Source }

const int32Max = 2n ** 31n - 1n

/** An answer of 200 with the fields that are declared, of the declared kinds, and no others. */
export const declares =
  (schema: TSchema, status = 200) =>
  (source: Source): Expectation =>
  reply => {
    const wrong = compare(reply, { at: 'status', expected: status, got: reply.status, source })
    return wrong.length > 0 ? wrong : faultsOf(schema, reply.json, 'body').map(fault => differ(reply, fault))
  }

/** Everything that keeps a value from being what its schema declares. Texts are not repeated: they may be a customer's. */
function faultsOf(schema: Schema, value: unknown, at: string): Fault[] {
  if (value === undefined) return [wrong(at, kindOf(schema), 'none')]
  if (value === null) return [{ at, expected: kindOf(schema), got: 'null', source: noNulls }]
  switch ([schema.type].flat()[0]) {
    case 'object':
      return faultsOfObject(schema, value, at)
    case 'array':
      return faultsOfArray(schema, value, at)
    case 'string':
      return faultsOfText(schema, value, at)
    case 'number':
    case 'boolean':
      return typeof value === [schema.type].flat()[0] ? [] : [wrong(at, kindOf(schema), typeOf(value))]
    default:
      return faultsOfInteger(schema, value, at)
  }
}

const noNulls = choice('optional fields of an answer that have no value')
const noStrays = choice('fields of an answer beyond the published ones')

function faultsOfObject({ properties = {}, required = [] }: Schema, value: unknown, at: string): Fault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [wrong(at, 'object', typeOf(value))]
  const missing = required.filter(key => !(key in value)).map(key => wrong(`${at}.${key}`, 'present', 'none'))
  const inside = Object.entries(value).flatMap(([key, item]) => {
    const property = properties[key]
    if (property && item === null && required.includes(key)) return [wrong(`${at}.${key}`, kindOf(property), 'null')]
    if (property) return faultsOf(property, item, `${at}.${key}`)
    return [{ at: `${at}.${key}`, expected: 'none', got: typeOf(item), source: noStrays }]
  })
  return [...missing, ...inside]
}

function faultsOfArray(
  { items = {}, minItems = 0, maxItems = Number.MAX_SAFE_INTEGER }: Schema,
  value: unknown,
  at: string,
): Fault[] {
  if (!Array.isArray(value)) return [wrong(at, 'array', typeOf(value))]
  if (value.length < minItems) return [wrong(at, `array of ${minItems} or more`, `array of ${value.length}`)]
  if (value.length > maxItems) return [wrong(at, `array of up to ${maxItems}`, `array of ${value.length}`)]
  return value.flatMap((item, index) => faultsOf(items, item, `${at}[${index}]`))
}

function faultsOfText(schema: Schema, value: unknown, at: string): Fault[] {
  if (typeof value !== 'string') return [wrong(at, kindOf(schema), typeOf(value))]
  const { minLength = 0, maxLength = Number.MAX_SAFE_INTEGER } = schema
  if (schema.enum && !schema.enum.includes(value)) return [wrong(at, `one of ${schema.enum.join(', ')}`, value)]
  if (schema.format === 'date-time' && !isDate(value)) return [wrong(at, 'date-time with an offset', value)]
  if (schema.format === 'date' && parseRestDay(value) === undefined) return [wrong(at, 'date', value)]
  const isLong = value.length >= minLength && value.length <= maxLength
  return isLong ? [] : [wrong(at, `${minLength} to ${maxLength} characters`, `${value.length} characters`)]
}

function isDate(text: string): boolean {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
  return form.test(text) && !Number.isNaN(Date.parse(text))
}

function faultsOfInteger(schema: Schema, value: unknown, at: string): Fault[] {
  const isInteger = typeof value === 'bigint' || Number.isSafeInteger(value)
  if (!isInteger) return [wrong(at, kindOf(schema), typeof value === 'number' ? `${value}` : typeOf(value))]
  const integer = BigInt(`${value}`)
  const bound = schema.format === 'int64' ? maxInt64 : int32Max
  const { minimum = -bound - 1n, maximum = bound } = schema
  return integer >= minimum && integer <= maximum ? [] : [wrong(at, `${minimum} to ${maximum}`, `${integer}`)]
}

const wrong = (at: string, expected: string, got: string): Fault => ({ at, expected, got, source: contract.schema })

function kindOf({ type, format }: Schema): string {
  return [[type].flat()[0], format].filter(Boolean).join(' ')
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}
