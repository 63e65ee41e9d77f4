import { parseJson, serializeJson } from '#contract'
import { type Problem, ProblemError } from '../../ui/feedback/problem.ts'

export type CallOptions = {
  params?: unknown
  query?: unknown
  body?: unknown
  headers?: Record<string, string>
  /** Who calls, where the session does not say it. */
  token?: string | undefined
  signal?: AbortSignal | undefined
}

/** `/a/{id}` with its ids in place, and the query; what is undefined or empty is left out. */
export function addressOf(template: string, params?: unknown, query?: unknown): string {
  const values = new Map(fieldsOf(params))
  const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of fieldsOf(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  return search.size > 0 ? `${path}?${search}` : path
}

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** One call, as `POST /console/session`. JSON without loss: an id beyond 2^53 is a bigint. Throws a ProblemError. */
export async function callServer(call: string, { params, query, ...sent }: CallOptions = {}): Promise<unknown> {
  const [method = 'GET', template = ''] = call.split(' ')
  const { signal } = sent
  const answer = await fetch(addressOf(template, params, query), {
    method,
    ...payloadOf(sent),
    signal: signal ?? null,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ProblemError(0, {})
  })
  const value = readJson(await answer.text())
  if (!answer.ok) throw new ProblemError(answer.status, isProblem(value) ? value : {})
  return value
}

/** A form goes as it is, with its own content type; anything else as JSON. */
function payloadOf({ body, headers, token }: CallOptions): Pick<RequestInit, 'headers' | 'body'> {
  const isForm = body instanceof FormData
  return {
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : isForm ? body : serializeJson(body),
  }
}

function readJson(text: string): unknown {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : undefined
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string'
}
