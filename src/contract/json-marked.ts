/**
 * JSON without loss for runtimes whose JSON does not show the digits of a number. Before parsing, a number that would lose
 * digits is turned into a string behind a mark, and a string that begins with the mark gets a second mark.
 */
const mark = '\uE000'

// A key is a string before a colon. It stays as it is: a reviver cannot rename it.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const marked = new RegExp(`^"(?=${mark}|\\\\u[eE]000)`)

/** Parses valid and invalid JSON as JSON.parse does, but takes each number of 16 digits or more as `exactly` says. */
export function parseMarked(text: string, exactly: (source: string, value: number) => unknown): unknown {
  // Throws for an invalid text before it is marked, so that the error is about the text as it came.
  JSON.parse(text)
  const withMarks = text.replace(tokens, (token, colon: string | undefined) => {
    if (colon !== undefined) return token
    if (token.startsWith('"')) return token.replace(marked, `"${mark}`)
    return /^-?\d{16}/.test(token) ? `"${mark}${token}"` : token
  })
  return JSON.parse(withMarks, (_key, value) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value
    const rest = value.slice(mark.length)
    return rest.startsWith(mark) ? rest : exactly(rest, Number(rest))
  })
}

/** Writes a bigint as a number, digit for digit. */
export function serializeMarked(value: unknown): string {
  const withMarks = JSON.stringify(value, (_key, item) => {
    if (typeof item === 'bigint') return `${mark}${item}`
    return typeof item === 'string' && item.startsWith(mark) ? mark + item : item
  })
  return withMarks?.replace(tokens, (token, colon: string | undefined) => {
    if (colon !== undefined || !token.startsWith(`"${mark}`)) return token
    return token.startsWith(`"${mark}${mark}`) ? `"${token.slice(1 + mark.length)}` : token.slice(1 + mark.length, -1)
  })
}
