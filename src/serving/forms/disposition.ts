import { decodeFileName, decodeUtf8, type FileName } from './form-file-name.ts'

/** What a part of a form says of itself. */
export type Disposition = { field: string | undefined; file: FileName | undefined }

/**
 * Reads `Content-Disposition: form-data; name="…"; filename="…"` of a multipart form, whose bytes are the characters of the text.
 * undefined if it is of another kind. `filename*` wins over `filename` wherever it stands, if it can be read (RFC 6266, RFC 8187).
 */
export function readDisposition(header: string): Disposition | undefined {
  const [kind = ''] = header.split(';', 1)
  if (kind.trim().toLowerCase() !== 'form-data') return undefined
  const parameters = readParameters(header.slice(kind.length))
  const name = parameters.get('name')
  return { field: name === undefined ? undefined : decodeUtf8(name), file: decodeFileName(parameters) }
}

// Each is tried at one place and looks at no character twice: a header made to be slow is read in one pass.
const startOfParameter = /;\s*([^\s=;"]+)\s*=\s*/y
const quoted = /"((?:[^"\\]|\\[\s\S])*)"?[^;]*/y
const bare = /[^;]*/y

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const start = matchAt(startOfParameter, text, at)
    if (start === null) {
      at = endOfJunk(text, at)
      continue
    }
    at += start[0].length
    const value = matchAt(quoted, text, at) ?? matchAt(bare, text, at)
    at += value?.[0].length ?? 0
    const [name = ''] = start.slice(1)
    // The first counts, as with repeated parameters of a query.
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), textOf(value))
  }
  return parameters
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function endOfJunk(text: string, at: number): number {
  const next = text.indexOf(';', at + 1)
  return next < 0 ? text.length : next
}

/** A backslash takes back the meaning of a quote and of a backslash, and no more: old programs send whole paths of Windows. */
function textOf(match: RegExpExecArray | null): string {
  return match?.[1]?.replace(/\\(["\\])/g, '$1') ?? match?.[0].trim() ?? ''
}
