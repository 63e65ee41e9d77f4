import type { Operation } from './operation.ts'
import type { Schema } from './read-by-schema.ts'
import type { TSchema } from './type.ts'

type Json = { [key: string]: unknown }

export type OpenApiInfo = {
  title: string
  description: string
  /** Tag of operations -> what they are about. */
  tags: Record<string, string>
  /** Name -> security scheme object; every operation accepts any of them, `apiKeyOnly` ones those of type apiKey. */
  securitySchemes: Record<string, Json>
  /** The same, accepted besides by operations that are for businesses. */
  businessSecuritySchemes?: Record<string, Json>
  /** Content type and schema of a refusal. */
  refusalType: string
  refusal: TSchema
  /** What is sent to whoever subscribes, as OpenAPI has it. */
  webhooks?: Json
}

/** The OpenAPI 3.1 document of a table of operations. Schemas with a title become components. */
export function openApiDocument(operations: readonly Operation[], info: OpenApiInfo, version: string): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    paths[operation.path] ??= {}
    Object.assign(paths[operation.path] ?? {}, {
      [operation.verb.toLowerCase()]: describe(operation, info, components),
    })
  }
  return {
    openapi: '3.1.0',
    info: {
      title: info.title,
      description: info.description,
      version,
      contact: { name: 'Whoever runs this server' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: anyOf(info.securitySchemes),
    tags: [...new Set(operations.map(({ tag }) => tag))].map(name => ({ name, description: info.tags[name] })),
    paths,
    ...(info.webhooks && { webhooks: info.webhooks }),
    components: {
      securitySchemes: { ...info.securitySchemes, ...info.businessSecuritySchemes },
      schemas: components,
    },
  }
}

const anyOf = (schemes: Json) => Object.keys(schemes).map(name => ({ [name]: [] }))

function describe(operation: Operation, info: OpenApiInfo, components: Json): Json {
  const body = bodyOf(operation, components)
  return {
    operationId: operation.name,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description + limitsOf(operation),
    ...(operation.scopes.length > 0 && { 'x-auth-scopes': operation.scopes }),
    ...securityOf(operation, info),
    parameters: [...parametersOf(operation, 'path'), ...parametersOf(operation, 'query')],
    ...(body && { requestBody: body }),
    responses: {
      [operation.status ?? 200]: content(
        'Done.',
        operation.responseType ?? 'application/json',
        operation.response,
        components,
      ),
      ...Object.fromEntries(
        operation.refusals.map(status => [
          status,
          content(refusalWords[status] ?? 'Refused.', info.refusalType, info.refusal, components),
        ]),
      ),
    },
  }
}

/** Nothing where it is what the document says for all. */
function securityOf({ isForBusiness, apiKeyOnly }: Operation, info: OpenApiInfo): Json {
  if (isForBusiness) return { security: anyOf({ ...info.securitySchemes, ...info.businessSecuritySchemes }) }
  if (!apiKeyOnly) return {}
  const schemes = Object.entries(info.securitySchemes).filter(([, { type }]) => type === 'apiKey')
  return { security: anyOf(Object.fromEntries(schemes)) }
}

const refusalWords: Record<number, string> = {
  400: 'The request does not fit.',
  401: 'No credentials, or none that are known.',
  403: 'The credentials do not open this.',
  404: 'There is no such thing.',
  409: 'Not in this state.',
  415: 'Not a type of content that is read here.',
  420: 'A limit is reached.',
  422: 'The receiver did not answer PING as it must.',
  429: 'Too many at a time.',
  500: 'Something broke on the server.',
  503: 'The database is away; try again.',
}

function limitsOf({ scopes, perHour }: Operation): string {
  if (perHour === 0) return ''
  return `\n\nScopes, any of: ${scopes.map(scope => `\`${scope}\``).join(', ')}. At most ${perHour} requests an hour.`
}

function parametersOf(operation: Operation, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] }: Schema = (place === 'path' ? operation.params : operation.query) ?? {}
  return Object.entries(properties).map(([name, { description, deprecated, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(deprecated === true && { deprecated }),
    description,
    schema: rest,
  }))
}

function bodyOf(operation: Operation, components: Json): Json | undefined {
  if (operation.body) {
    return {
      required: !operation.bodyOptional,
      content: { 'application/json': { schema: hoist(operation.body, components) } },
    }
  }
  if (!operation.filePart) return undefined
  const part = { type: 'string', format: 'binary', description: 'The file; at most 5 MB.' }
  const schema = { type: 'object', required: [operation.filePart], properties: { [operation.filePart]: part } }
  return { required: true, content: { 'multipart/form-data': { schema } } }
}

function content(description: string, type: string, schema: Schema, components: Json): Json {
  if (schema.type === 'null') return { description }
  return { description, content: { [type]: { schema: hoist(schema, components) } } }
}

/** A copy in which every titled object is a $ref into `components`. */
function hoist(schema: unknown, components: Json): unknown {
  if (Array.isArray(schema)) return schema.map(item => hoist(item, components))
  if (typeof schema !== 'object' || schema === null) return schema
  // A `title` that is no text is a property of that name.
  const title = 'title' in schema && typeof schema.title === 'string' ? schema.title : undefined
  const kept = Object.entries(schema).filter(([key]) => key !== 'title' || title === undefined)
  const copy = Object.fromEntries(kept.map(([key, value]) => [key, hoist(value, components)]))
  if (title === undefined) return copy
  components[title] = copy
  return { $ref: `#/components/schemas/${title}` }
}
