export type JsonToken = { kind: 'name' | 'text' | 'number' | 'word' | 'sign'; text: string }

const indent = '  '
const sign = (text: string): JsonToken => ({ kind: 'sign', text })

/** A JSON value as lines of tokens. A bigint is a number, digit for digit. */
export function jsonLines(value: unknown): JsonToken[][] {
  const lines: JsonToken[][] = [[]]
  const put = (token: JsonToken) => lines.at(-1)?.push(token)
  const next = (depth: number) => lines.push(depth > 0 ? [sign(indent.repeat(depth))] : [])
  const walk = (item: unknown, depth: number): void => {
    if (typeof item !== 'object' || item === null) return void put(leaf(item))
    const isList = Array.isArray(item)
    const entries = Object.entries(item)
    const [open, close] = isList ? '[]' : '{}'
    if (entries.length === 0) return void put(sign(`${open}${close}`))
    put(sign(`${open}`))
    for (const [index, [name, inner]] of entries.entries()) {
      next(depth + 1)
      if (!isList) {
        put({ kind: 'name', text: JSON.stringify(name) })
        put(sign(': '))
      }
      walk(inner, depth + 1)
      if (index < entries.length - 1) put(sign(','))
    }
    next(depth)
    put(sign(`${close}`))
  }
  walk(value, 0)
  return lines
}

function leaf(item: unknown): JsonToken {
  if (typeof item === 'string') return { kind: 'text', text: JSON.stringify(item) }
  if (typeof item === 'number' || typeof item === 'bigint') return { kind: 'number', text: String(item) }
  return { kind: 'word', text: String(item ?? null) }
}

export function jsonText(value: unknown): string {
  return jsonLines(value)
    .map(tokens => tokens.map(({ text }) => text).join(''))
    .join('\n')
}
