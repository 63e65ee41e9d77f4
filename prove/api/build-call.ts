import { serializeJson } from '#contract'
import type { Route, Schema } from './routes.ts'

/** A call with one of the optional things that a route takes, or with none. */
export type Shape = { route: Route; optional: string | undefined }

export type BuiltCall = { verb: string; path: string; headers: Record<string, string>; body: string | undefined }

/** What stands in the place of an id, by the name of the place. */
export type Ids = Record<string, string>

/** What stands in other places that no sample fits, by their names. */
export type Words = Record<string, string>

const boundary = 'a-boundary'
const form = [
  `--${boundary}`,
  'content-disposition: form-data; name="file"; filename="notes.txt"',
  '',
  'notes',
  `--${boundary}--`,
  '',
]

/** Every optional parameter and field that holds an id is one more shape. */
export function shapesOf(route: Route): Shape[] {
  const { parameters, body } = route
  const fields = Object.entries(body?.schema.properties ?? {}).filter(
    ([name]) => !body?.schema.required?.includes(name),
  )
  const optional = [
    ...parameters.filter(({ required, schema }) => !required && holdsId(schema)).map(({ name }) => name),
    ...fields.filter(([, schema]) => holdsId(schema)).map(([name]) => name),
  ]
  return [undefined, ...optional].map(name => ({ route, optional: name }))
}

function holdsId({ format, items, properties }: Schema): boolean {
  return format === 'int64' || (items !== undefined && holdsId(items)) || Object.values(properties ?? {}).some(holdsId)
}

/** The call as its declaration has it, and the names of the ids that it holds. */
export function buildCall(
  { route, optional }: Shape,
  ids: Ids,
  words: Words = {},
): { call: BuiltCall; slots: string[] } {
  const slots = new Set<string>()
  const take = (name: string) => {
    const singular = name.replace(/s$/, '')
    const slot = name in ids ? name : singular in ids ? singular : undefined
    if (slot !== undefined) slots.add(slot)
    return slot === undefined ? undefined : ids[slot]
  }
  const value = (name: string, schema: Schema): unknown => {
    if (schema.items) return [value(name, schema.items)]
    if (schema.properties) return fields(schema)
    const id = take(name)
    if (id !== undefined) return schema.type === 'integer' ? BigInt(id) : id
    return words[name] ?? sample(schema)
  }
  const fields = ({ properties = {}, required = [] }: Schema) =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) || name === optional)
        .map(([name, schema]) => [name, value(name, schema)]),
    )
  const asked = route.parameters.filter(({ required, name }) => required || name === optional)
  const texts = new Map(asked.map(({ name, schema }) => [name, `${value(name, schema)}`]))
  const path = route.path.replace(/\{(\w+)\}/g, (_all, name) => encodeURIComponent(texts.get(name) ?? ''))
  const inQuery = asked.filter(one => one.in === 'query')
  const query = new URLSearchParams(Object.fromEntries(inQuery.map(({ name }) => [name, texts.get(name) ?? ''])))
  const call = { verb: route.verb, path: `${path}${query.size > 0 ? `?${query}` : ''}`, ...bodyOf(route, fields) }
  return { call, slots: [...slots] }
}

function bodyOf({ body }: Route, fields: (schema: Schema) => unknown): Pick<BuiltCall, 'headers' | 'body'> {
  if (!body) return { headers: {}, body: undefined }
  if (body.type === 'application/json')
    return { headers: { 'content-type': body.type }, body: serializeJson(fields(body.schema)) }
  return { headers: { 'content-type': `${body.type}; boundary=${boundary}` }, body: form.join('\r\n') }
}

/** A value that fits. */
export function sample({ type, format, enum: words, minimum, minLength = 1 }: Schema): unknown {
  if (words) return words[0]
  if (format === 'date-time') return '2026-05-05T12:00:00Z'
  const [first] = [type ?? 'string'].flat()
  if (first === 'integer' || first === 'number') return Math.max(minimum ?? 1, 1)
  if (first === 'boolean') return true
  return 'x'.repeat(Math.max(minLength, 1))
}
