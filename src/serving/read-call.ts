import type { Static, TObject, TSchema } from '#contract'
import { decode, noteUnknown, type Operation, parseInt64, parseJson, type Schema, type UnknownNames } from '#contract'
import { MisfitError } from './misfit.ts'

type StaticOr<S, Otherwise> = S extends TSchema ? Static<S> : Otherwise

/** What an operation's handler is given, typed by its declaration. */
export type Input<O extends Operation> = {
  params: StaticOr<O['params'], Record<never, never>>
  query: StaticOr<O['query'], Record<never, never>>
  body: StaticOr<O['body'], undefined>
}

export type Texts = Record<string, string | string[] | undefined>

/** How Fastify types a request to a route of ours: paths and queries are texts. */
export type OfTexts = { Params: Texts; Querystring: Texts }

/** A request before it is read by a declaration. */
export type Arrival = { params: Texts; query: Texts; body: unknown }

/** Notes the names in a query that the operation has not, also as aliases. Kept apart from reading it: what is read may be refused. */
export function noteUnknownInQuery({ query, aliases = {} }: Operation, texts: Texts, names: UnknownNames): void {
  const { properties = {} }: Schema = query ?? {}
  for (const name in texts)
    if (!Object.hasOwn(properties, name) && !Object.hasOwn(aliases, name)) noteUnknown(names, `query.${name}`)
}

/** Texts of a path or a query as their schema has them. The first of repeated ones counts; an empty one is absent. */
export function readParameters<S extends TObject>(
  schema: S,
  texts: Texts,
  aliases: Record<string, string> = {},
): Static<S> {
  const { properties = {}, required = [] }: Schema = schema
  const values: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(properties)) {
    const text = pick(texts, [name, ...Object.keys(aliases).filter(alias => aliases[alias] === name)])
    const isRequired = required.includes(name)
    if (text === undefined) {
      if (isRequired) throw new MisfitError({ where: 'parameter', why: 'missing', name, text: '', isRequired })
      if (property.default !== undefined) values[name] = property.default
      continue
    }
    // What was not UTF-8 cannot be what was meant.
    if (text.includes('\ufffd')) throw new MisfitError({ where: 'parameter', why: 'type', name, text, isRequired })
    values[name] = readParameter(property, text, { name, isRequired })
  }
  return values as Static<S> // each property was read by its schema
}

function pick(texts: Texts, names: string[]): string | undefined {
  for (const name of names) {
    const text = texts[name]
    const first = Array.isArray(text) ? text[0] : text
    if (first) return first
  }
  return undefined
}

function readParameter(
  schema: Schema,
  text: string,
  { name, isRequired }: { name: string; isRequired: boolean },
): unknown {
  const decoded = decode(schema, valueFrom(schema, text), name)
  if (decoded.ok) return decoded.value
  if (decoded.issues.some(issue => issue.rule === 'kind')) {
    throw new MisfitError({ where: 'parameter', why: 'type', name, text, isRequired })
  }
  throw new MisfitError({ where: 'parameter', why: 'bounds', isRequired, issues: decoded.issues })
}

function valueFrom(schema: Schema, text: string): unknown {
  if (schema.type === 'integer') return parseInt64(text) ?? text
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/** The JSON body of an operation that has one. The names of fields that it does not know are noted in `names`. */
export function readBody(operation: Operation, text: unknown, names?: UnknownNames): unknown {
  if (operation.body === undefined) return undefined
  if (typeof text !== 'string' || text.trim() === '') {
    if (operation.bodyOptional) return readValue(operation.body, {})
    throw new MisfitError({ where: 'body', why: 'missing' })
  }
  const parsed = parseJson(text)
  if (!parsed.ok) throw new MisfitError({ where: 'body', why: 'unreadable', sentence: parsed.why })
  return readValue(operation.body, parsed.value, names)
}

function readValue(schema: TObject, value: unknown, names?: UnknownNames): unknown {
  const decoded = decode(schema, value, 'body', names)
  if (!decoded.ok) throw new MisfitError({ where: 'body', why: 'issues', issues: decoded.issues })
  return decoded.value
}

/** Everything of a call, read by its declaration. Throws MisfitError. */
export function readCall<O extends Operation>(operation: O, { params, query, body }: Arrival): Input<O> {
  return {
    params: operation.params ? readParameters(operation.params, params) : {},
    query: operation.query ? readParameters(operation.query, query, operation.aliases) : {},
    body: readBody(operation, body),
  } as Input<O> // each part was read by its schema
}
