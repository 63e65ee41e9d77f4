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

/** JSON in which a bigint is a number, digit for digit. */
export function serializeJson(value: unknown): string {
  return serialize(value)
}

function serializeRaw(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? (JSON as RawJson).rawJSON(`${item}`) : item))
}

/** A JSON text as a value that is spelled again letter for letter, whatever spells it. */
export function quoteJson(text: string): object {
  return (JSON.parse as Revive)(text, (_key, value, { source } = {}) =>
    typeof value === 'number' && source !== undefined ? (JSON as RawJson).rawJSON(source) : value,
  ) as object // the texts we spell are objects
}

/** TypeScript's library does not describe these two yet: rawJSON, and the third argument of a reviver. */
type RawJson = typeof JSON & { rawJSON(text: string): unknown }
type Revive = (
  text: string,
  reviver: (key: string, value: unknown, context?: { source?: string }) => unknown,
) => unknown

function parseBySource(text: string): unknown {
  return (JSON.parse as Revive)(text, (_key, value, { source } = {}) =>
    typeof value === 'number' && source !== undefined ? exactly(source, value) : value,
  )
}

/** The number that these digits spell: a bigint if it is an int64 that a number cannot hold. */
function exactly(source: string, value: number): number | bigint {
  if (Number.isSafeInteger(value) || !/^-?\d{16,19}$/.test(source)) return value
  const integer = BigInt(source)
  return integer <= maxInt64 && integer >= -maxInt64 - 1n ? integer : value
}

// Node 20 and older browsers know neither.
const knowsSource = (JSON.parse as Revive)(
  '1',
  (_key, _value, context) => context?.source === '1',
) as unknown as boolean // what the reviver returns
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
