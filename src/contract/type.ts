/** TypeBox's types with builders of our own: its builders are four hundred files, and loading them takes half of the time in which a command starts. */
import type { TSchema, Type as TypeBox } from 'typebox'

export type { Static, TObject, TSchema, TString, TUnsafe } from 'typebox'

type Kept =
  | 'Array'
  | 'Boolean'
  | 'Integer'
  | 'Null'
  | 'Number'
  | 'Object'
  | 'Optional'
  | 'Partial'
  | 'String'
  | 'Unsafe'
type Properties = Record<string, TSchema>
type Options = Record<string, unknown>

const isOptional = (schema: TSchema) => '~optional' in schema

function makeObject(properties: Properties, options: Options = {}) {
  const required = Object.keys(properties).filter(name => !isOptional(properties[name] ?? {}))
  return { type: 'object', ...(required.length > 0 && { required }), properties, ...options }
}

/** Marked where nobody sees it who copies or prints it. */
function makeOptional(schema: TSchema) {
  return Object.defineProperty({ ...schema }, '~optional', { value: true })
}

/** Of the object itself it keeps nothing, as TypeBox's keeps nothing. */
function makePartial({ properties }: { properties: Properties }) {
  const optional = Object.entries(properties).map(([name, schema]) => [name, makeOptional(schema)])
  return makeObject(Object.fromEntries(optional))
}

const ofType = (type: string) => (options: Options) => ({ type, ...options })

/** What describes a type of the wire: JSON Schema, of which TypeScript knows the type. */
export const Type = {
  Array: (items: TSchema, options: Options) => ({ type: 'array', items, ...options }),
  Boolean: ofType('boolean'),
  Integer: ofType('integer'),
  Null: ofType('null'),
  Number: ofType('number'),
  Object: makeObject,
  Optional: makeOptional,
  Partial: makePartial,
  String: ofType('string'),
  Unsafe: (schema: TSchema) => ({ ...schema }),
} as unknown as Pick<typeof TypeBox, Kept> // they return what TypeBox's do: type.test.ts compares them
