/** An OpenAPI document, 3.0 or 3.1, as plain lines that can be compared: one for each parameter, field and answer. */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'

// The casts below follow the OpenAPI specification: a document that breaks it fails the test that reads it.
export type Json = { [key: string]: unknown }

/** Reads a YAML document with every `$ref` to another file put in place. One that leads back to itself is left out there. */
export function readWithRefs(file: string, above: readonly string[] = []): Json {
  return inline(parse(readFileSync(file, 'utf8')), reference => {
    const target = resolve(dirname(file), reference)
    return above.includes(target) ? {} : readWithRefs(target, [...above, target])
  }) as Json // a document is an object
}

/** A document whose `$ref`s point into itself, with every one put in place. */
export function withoutLocalRefs(document: Json): Json {
  const follow = (reference: string): unknown => {
    const steps = reference.replace(/^#\//, '').split('/')
    const target = steps.reduce<unknown>((at, step) => (at as Json)[step], document) // our own document: the path is there
    return inline(target, follow)
  }
  return inline(document, follow) as Json // a document is an object
}

function inline(value: unknown, follow: (reference: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map(item => inline(item, follow))
  if (typeof value !== 'object' || value === null) return value
  const { $ref, ...rest } = value as Json // an object that is no array
  const kept = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, inline(item, follow)]))
  return typeof $ref === 'string' ? { ...(follow($ref) as Json), ...kept } : kept
}

/** One sorted list of lines such as `getChats query limit: optional integer int32 min 1 max 20 default 10`. */
export function operationRows(document: Json): string[] {
  const rows: string[] = []
  for (const [path, verbs] of Object.entries(document['paths'] as Record<string, Record<string, Json>>)) {
    for (const [verb, operation] of Object.entries(verbs)) {
      const name = String(operation['operationId'])
      rows.push(`${name}: ${verb.toUpperCase()} ${path}`)
      rows.push(`${name} scopes: ${[...(operation['x-auth-scopes'] as string[])].sort().join(', ')}`)
      rows.push(...parameterRows(name, (operation['parameters'] ?? []) as Json[]))
      rows.push(...bodyRows(name, operation['requestBody'] as Json | undefined))
      for (const [status, answer] of Object.entries(operation['responses'] as Record<string, Json>)) {
        rows.push(...contentRows(`${name} ${status}`, answer['content'] as Json))
      }
    }
  }
  return rows.sort()
}

function parameterRows(name: string, parameters: Json[]): string[] {
  return parameters.map(parameter => {
    const { name: own, in: place, required, deprecated, schema } = parameter
    const facts = describeType({ ...(schema as Json), deprecated })
    return `${name} ${place} ${own}: ${required ? 'required' : 'optional'} ${facts}`
  })
}

function bodyRows(name: string, body: Json | undefined): string[] {
  if (!body) return []
  const place = `${name} body`
  return [`${place}: ${body['required'] ? 'required' : 'optional'}`, ...contentRows(place, body['content'] as Json)]
}

function contentRows(place: string, content: Json): string[] {
  return Object.entries(content as Record<string, Json>).flatMap(([type, { schema }]) => [
    `${place} type: ${type}`,
    ...schemaRows(place, schema as Json),
  ])
}

/** Lines for every field below a schema, `allOf` flattened. */
export function schemaRows(place: string, schema: object): string[] {
  const { properties = {}, required = [], items } = flatten(schema as Json)
  const rows = Object.entries(properties as Record<string, Json>).flatMap(([key, property]) => {
    const flat = flatten(property)
    const need = (required as string[]).includes(key) ? 'required' : 'optional'
    return [`${place}.${key}: ${need} ${describeType(flat)}`, ...schemaRows(`${place}.${key}`, flat)]
  })
  if (items) {
    const flat = flatten(items as Json)
    rows.push(`${place}[]: ${describeType(flat)}`, ...schemaRows(`${place}[]`, flat))
  }
  return rows
}

function flatten(schema: Json): Json {
  const parts = ((schema['allOf'] ?? []) as Json[]).map(flatten)
  const whole: Json = { ...schema }
  for (const part of parts) {
    whole['properties'] = { ...(part['properties'] as Json), ...(whole['properties'] as Json) }
    whole['required'] = [...((whole['required'] ?? []) as string[]), ...((part['required'] ?? []) as string[])]
  }
  return whole
}

const bounds = [
  ['minimum', 'min'],
  ['maximum', 'max'],
  ['minLength', 'minLength'],
  ['maxLength', 'maxLength'],
  ['minItems', 'minItems'],
  ['uniqueItems', 'uniqueItems'],
  ['default', 'default'],
] as const

function describeType(schema: Json): string {
  const types = [schema['type'] ?? []].flat().filter(type => type !== 'null')
  const isNullable = schema['nullable'] === true || [schema['type']].flat().includes('null')
  return [
    ...types,
    schema['format'],
    isNullable && 'nullable',
    ...bounds.map(([key, word]) => schema[key] !== undefined && `${word} ${schema[key]}`),
    schema['enum'] && `of ${[...(schema['enum'] as string[])].sort().join(' ')}`,
    schema['deprecated'] === true && 'deprecated',
  ]
    .filter(Boolean)
    .join(' ')
}
