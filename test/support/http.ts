import { parseJson } from '#contract'

export type Reply = { status: number; headers: Headers; text: string; body: unknown }

type Ask = {
  method?: string
  headers?: Record<string, string>
  json?: unknown
  body?: string | FormData | Uint8Array<ArrayBuffer> | ReadableStream
  signal?: AbortSignal
}

/** One request over real HTTP; the body is read without loss (ids beyond 2^53 as bigint). */
export async function ask(url: string, { method = 'GET', headers = {}, json, body, signal }: Ask = {}): Promise<Reply> {
  const sent = json === undefined ? body : typeof json === 'string' ? json : serializeJson(json)
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(url, {
    ...{ method, headers: { ...type, ...headers }, body: sent ?? null, duplex: 'half' },
    signal: signal ?? null,
  })
  const text = await answer.text()
  const parsed = parseJson(text)
  return { status: answer.status, headers: answer.headers, text, body: parsed.ok ? parsed.value : undefined }
}

/** JSON with bigints digit for digit. */
function serializeJson(value: unknown): string {
  const bigints: string[] = []
  const spelled = JSON.stringify(value, (_key, item) =>
    typeof item === 'bigint' ? `bigint:${bigints.push(`${item}`) - 1}` : item,
  )
  return spelled.replace(/"bigint:(\d+)"/g, (_all, index) => bigints[Number(index)] ?? '')
}
