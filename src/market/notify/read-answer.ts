import type { IncomingMessage } from 'node:http'
import { decode, NotificationAnswer, parseJson } from '#contract'
import { AttemptFailure } from './attempt-failure.ts'

export type AnswerOutcome = { outcome: 'delivered' | 'refused'; status: number }

const maxBytes = 64 * 1024
const json = /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i
const dateTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/i

/** What a shop's answer means. Throws the AttemptFailure. The body is checked here and not kept. */
export async function readAnswer(response: IncomingMessage): Promise<AnswerOutcome> {
  const status = response.statusCode ?? 0
  if (status === 200) {
    checkType(response.headers['content-type'])
    checkBody(await readBody(response))
    return { outcome: 'delivered', status }
  }
  response.destroy()
  if (status === 400) return { outcome: 'refused', status }
  throw new AttemptFailure('HTTP', { status })
}

function checkType(type = ''): void {
  if (type !== '' && !json.test(type)) throw new AttemptFailure('UNSUPPORTED_MEDIA_TYPE', { status: 200 })
}

/** Throws if it is cut off or too long. */
async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    const body: AsyncIterable<Buffer> = response // no encoding is set
    for await (const chunk of body) {
      size += chunk.length
      if (size > maxBytes) throw unreadable()
      chunks.push(chunk)
    }
  } catch (cause) {
    throw unreadable(cause)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function checkBody(text: string): void {
  const parsed = parseJson(text)
  if (!parsed.ok) throw unreadable()
  const answer = decode(NotificationAnswer, parsed.value)
  if (!answer.ok || !isDateTime(answer.value.time)) throw new AttemptFailure('INVALID_DATA', { status: 200 })
}

function isDateTime(text: string): boolean {
  return dateTime.test(text) && !Number.isNaN(Date.parse(text))
}

function unreadable(cause?: unknown): AttemptFailure {
  return new AttemptFailure('CANT_PARSE_RESPONSE', { status: 200, cause })
}
