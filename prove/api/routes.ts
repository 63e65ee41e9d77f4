import { parseJson } from '#contract'

export type Schema = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  $ref?: string
}

type Parameter = { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema }

export type Api = 'published' | 'buyer' | 'admin' | 'lab' | 'files'

/** An operation as its API's own document tells of it. */
export type Route = {
  api: Api
  name: string
  verb: string
  path: string
  parameters: Parameter[]
  body: { type: string; schema: Schema } | undefined
  isStream: boolean
  /** A token of the business opens it. */
  isForBusiness: boolean
  /** Of a key; any of them opens it. */
  scopes: string[]
}

const documents: readonly [Api, string][] = [
  ['published', '/openapi.json'],
  ['buyer', '/buyer/openapi.json'],
  ['admin', '/admin/openapi.json'],
  ['lab', '/lab/openapi.json'],
]

const fileId = { type: 'integer', format: 'int64', minimum: 1 }

/** No document tells of files: links lead to them. */
const files: Route = {
  ...{ api: 'files', name: 'file', verb: 'GET', path: '/files/{businessId}/{chatId}/{messageId}', body: undefined },
  parameters: ['businessId', 'chatId', 'messageId'].map(name => ({ name, in: 'path', required: true, schema: fileId })),
  ...{ isStream: false, isForBusiness: false, scopes: [] },
}

/** Every route of the five APIs of a market with a lab. What is new in a document is here without being named. */
export async function readRoutes(url: string): Promise<Route[]> {
  const read = await Promise.all(
    documents.map(async ([api, path]) => routesOf(api, await readDocument(`${url}${path}`))),
  )
  return [...read.flat(), files]
}

type Document = { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> } }
type Content = Record<string, { schema: Schema }>
type Described = {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
  security?: object[]
  'x-auth-scopes'?: string[]
}

async function readDocument(url: string): Promise<Document> {
  const parsed = parseJson(await (await fetch(url)).text())
  if (!parsed.ok) throw new Error(`${url} is no JSON`)
  return parsed.value as Document // as OpenAPI has it
}

function routesOf(api: Api, { paths, components }: Document): Route[] {
  const whole = (schema: Schema): Schema => {
    const { $ref, ...own } = schema
    const { properties, items, ...rest } = $ref ? (components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : own
    return {
      ...rest,
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, whole(property)])),
      }),
      ...(items && { items: whole(items) }),
    }
  }
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, told]): Route => {
      const [type, content] = Object.entries(told.requestBody?.content ?? {})[0] ?? []
      return {
        ...{ api, name: told.operationId, verb: verb.toUpperCase(), path, parameters: told.parameters },
        body: type && content ? { type, schema: whole(content.schema) } : undefined,
        isStream: Object.values(told.responses).some(({ content = {} }) => 'text/event-stream' in content),
        isForBusiness: (told.security ?? []).some(scheme => 'CabinetToken' in scheme),
        scopes: told['x-auth-scopes'] ?? [],
      }
    }),
  )
}
