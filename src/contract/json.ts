import { maxInt64 } from './ids.ts'
import { parseMarked, serializeMarked } from './json-marked.ts'
import { jsonDepthMax } from './limits.ts'

export type ParsedJson = { ok: true; value: unknown } | { ok: false; why: string }

/**
 * JSON without loss: an integer beyond 2^53 becomes a bigint, digit for digit. Text nested deeper than `jsonDepthMax` is
 * refused before it is parsed. `why` is the published sentence.
 */
export function parseJson(text: string): ParsedJson {
  if (isTooDeep(text)) return { ok: false, why: `JSON: nested deeper than ${jsonDepthMax} levels` }
  try {
    return { ok: true, value: /\d{16}/.test(text) ? losslessly(text) : JSON.parse(text) }
  } catch (error) {
    return { ok: false, why: explain(error instanceof SyntaxError ? error.message : '', text.length) }
  }
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown
/** JSON with what TypeScript's library does not describe yet: rawJSON, and the third argument of a reviver. */
type RawJson = {
  rawJSON(text: string): unknown
  parse(text: string, reviver: Reviver): unknown
}
const json = JSON as RawJson & JSON // as of ES2026; who lacks it gets json-marked.ts

/** JSON in which a bigint is a number, digit for digit. */
export function serializeJson(value: unknown): string {
  return serialize(value)
}

function serializeRaw(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? json.rawJSON(`${item}`) : item))
}

/** A JSON text as a value that is serialized again letter for letter. Its text must be an object. */
export function quoteJson(text: string): object {
  const quoted = json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context?.source !== undefined ? json.rawJSON(context.source) : value,
  )
  if (typeof quoted === 'object' && quoted !== null) return quoted
  throw new TypeError('only a JSON object can be quoted')
}

function parseBySource(text: string): unknown {
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context?.source !== undefined ? exactly(context.source, value) : value,
  )
}

/** The number of these digits: a bigint if it is an int64 that a number cannot hold. */
function exactly(source: string, value: number): number | bigint {
  if (Number.isSafeInteger(value) || !/^-?\d{16,19}$/.test(source)) return value
  const integer = BigInt(source)
  return integer <= maxInt64 && integer >= -maxInt64 - 1n ? integer : value
}

// Node 20 and older browsers know neither.
const knowsSource = json.parse('1', (_key, _value, context) => context?.source === '1')
const losslessly = knowsSource ? parseBySource : (text: string) => parseMarked(text, exactly)
const serialize = 'rawJSON' in JSON ? serializeRaw : serializeMarked

function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 0x5c) i++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > jsonDepthMax) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}

/** Node's message quotes the text it could not read; the answer must not. */
function explain(message: string, length: number): string {
  const position = /at position (\d+) \(/.exec(message)?.[1]
  const isCutOff =
    message.startsWith('Unterminated') || message.startsWith('Unexpected end') || Number(position) >= length
  if (isCutOff) return 'Unexpected end of content'
  return position === undefined ? 'JSON: unexpected token' : `JSON: unexpected token at position ${position}`
}
