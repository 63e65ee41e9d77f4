import { decode, parseJson, Type } from '#contract'
import { cutTo } from '../terminal/columns.ts'
import { clockTime } from '../terminal/format-time.ts'
import { paint } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import type { Texts } from '../texts/index.ts'
import type { LoggedRequest } from './read-requests.ts'

const Refusal = Type.Object({
  errors: Type.Array(Type.Object({ code: Type.String(), message: Type.Optional(Type.String()) })),
})
const minPathWidth = 30

/** A line for a request; what was refused, and names that the operation does not know, below it. */
export function formatRequest(request: LoggedRequest, texts: Texts, width: number | undefined): string[] {
  const { at, method, path, status, durationMs, integration } = request
  const head = `${clockTime(new Date(at))}  ${`${status}`.padEnd(3)}  ${texts.attempts.took(durationMs).padStart(7)}  `
  const tail = `  ${onOneLine(integration)}`
  const call = `${method.padEnd(4)} ${onOneLine(path)}`
  const room = width === undefined ? Infinity : Math.max(width - head.length - tail.length, minPathWidth)
  const line = paintBy(status, head) + cutTo(call, room) + paint('dim', tail)
  const notes = [...whyRefused(request), ...unknownNames(request, texts)]
  return [line, ...notes.map(note => `          ${paintBy(status, note)}`)]
}

function paintBy(status: number, text: string): string {
  if (status >= 500) return paint('red', text)
  return status >= 400 ? paint('yellow', text) : paint('green', text)
}

/** In the published words. */
function whyRefused({ status, responseBody }: LoggedRequest): string[] {
  if (status < 400 || responseBody === undefined) return []
  const parsed = parseJson(responseBody)
  const refusal = decode(Refusal, parsed.ok ? parsed.value : undefined)
  if (!refusal.ok) return []
  return refusal.value.errors.map(({ code, message }) => onOneLine(message ? `${code}: ${message}` : code))
}

function unknownNames({ unknownFields = [] }: LoggedRequest, { logs }: Texts): string[] {
  return unknownFields.map(({ at, known }) => onOneLine(logs.unknown(at, known)))
}
