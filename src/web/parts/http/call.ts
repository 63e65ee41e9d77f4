import { parseJson, serializeJson } from '#contract'
import type { ProblemDetails } from '#market-protocol'

/** A refusal: what went wrong, which one, and what to do, in the server's words. `status` 0: nobody answered. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly status: number
  readonly problem: Partial<ProblemDetails>
  constructor(status: number, problem: Partial<ProblemDetails>) {
    super(problem.detail ?? `status ${status}`)
    this.status = status
    this.problem = problem
  }
}

export type CallOptions = {
  params?: object | undefined
  query?: object | undefined
  body?: unknown
  /** Who calls, where the session does not say it. */
  token?: string | undefined
  signal?: AbortSignal | undefined
}

export const consoleHeaders = { 'x-prilavok-console': '1' }

/** `/a/{id}` with its ids in place, and the query; what is undefined or empty is left out. */
export function addressOf(template: string, params: object = {}, query: object = {}): string {
  const values = new Map(Object.entries(params))
  const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  return search.size > 0 ? `${path}?${search}` : path
}

/** One call, as `POST /console/session`. JSON without loss: an id beyond 2^53 is a bigint. Throws a ProblemError. */
export async function callServer<Answer>(
  call: string,
  { params, query, body, token, signal }: CallOptions = {},
): Promise<Answer> {
  const [method = 'GET', template = ''] = call.split(' ')
  const isForm = body instanceof FormData
  const answer = await fetch(addressOf(template, params, query), {
    method,
    headers: {
      ...consoleHeaders,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : isForm ? body : serializeJson(body),
    signal: signal ?? null,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ProblemError(0, {})
  })
  const value = readJson(await answer.text())
  if (!answer.ok) throw new ProblemError(answer.status, isProblem(value) ? value : {})
  return value as Answer // as the operation declares it
}

function readJson(text: string): unknown {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : undefined
}

function isProblem(value: unknown): value is Partial<ProblemDetails> {
  return typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string'
}
